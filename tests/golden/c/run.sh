#!/bin/sh
# tests/golden/c/run.sh: the C that surrealgen writes.
#
#     run.sh BIN [CORPUS]     UPDATE=1 run.sh BIN to write the expected files
#
# NAME.sg or NAME.surql here is compared with what stands in NAME/: the header,
# the source, and `notes`, what was said on stderr. Then all of it is compiled
# as C99, C11, C++11 and C++17 by every compiler there is, with the warnings
# of this project. NAME/NAME is what tests/unit/test_model.c runs.
#
# CORPUS is a folder with schemas/*.surql and a file VERDICTS-*.txt that says
# which of them a server accepted ("file :: ok ..."): those are compiled too.

if [ $# -lt 1 ]; then
    echo "usage: run.sh BIN [CORPUS]" >&2
    exit 2
fi
absolute() {
    case $1 in
    /*) echo "$1" ;;
    *) echo "$PWD/$1" ;;
    esac
}
bin=$(absolute "$1")
corpus=${2:+$(absolute "$2")}
cd "$(dirname "$0")" || exit 1
top=$(cd ../../.. && pwd)
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
passed=0 failed=0 skipped=0

warn="-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror"
warn_c="-Wstrict-prototypes -Wmissing-prototypes"

has() { command -v "$1" > /dev/null 2>&1; }

# compiles FILE: in every language, by every compiler
compiles() {
    for cc in gcc clang; do
        has $cc || continue
        for std in ${STDS_C:-c99 c11}; do
            # shellcheck disable=SC2086
            $cc -std=$std $warn $warn_c -I"$top" -fsyntax-only "$1" || return 1
        done
    done
    for cc in g++ clang++; do
        has $cc || continue
        for std in ${STDS_CXX:-c++11 c++17}; do
            # shellcheck disable=SC2086
            $cc -x c++ -std=$std $warn -I"$top" -fsyntax-only "$1" || return 1
        done
    done
}

ok() { passed=$((passed + 1)); }
bad() {
    echo "FAILED: golden/c: $1"
    failed=$((failed + 1))
}

for file in *.sg *.surql; do
    name=${file%.*}
    out=$tmp/$name
    mkdir -p "$out"
    if ! "$bin" generate -o "$out" "$file" 2> "$out/notes"; then
        cat "$out/notes"
        bad "$file: generate"
        continue
    fi
    [ -s "$out/notes" ] || rm -f "$out/notes"
    if [ "${UPDATE:-}" = 1 ]; then
        rm -rf "${name:?}" && cp -r "$out" "$name"
    elif ! diff -ru "$name" "$out"; then
        bad "$file: not as expected"
        continue
    fi
    # Twice the same.
    "$bin" generate -o "$out" "$file" 2> /dev/null
    for c in "$out"/*.c; do
        cmp -s "$c" "$name/${c##*/}" || bad "$file: differs the second time"
        if compiles "$c"; then ok; else bad "$file: does not compile"; fi
    done
    if grep -n '.\{81\}' "$out"/*.[ch]; then bad "$file: long lines"; fi
done

# What must not compile, and its twin that must.
cat > "$tmp/ids.c" << 'END'
#include "bench/bench.h"
#include "types/types.h"
static void use(bench_reader *r)
{
#ifdef WRONG
    bench_reader_set_boss(r, person_id_int(1));
#else
    bench_reader_set_boss(r, bench_reader_id_int(1));
#endif
}
int main(void) { bench_reader r = {0}; use(&r); return 0; }
END
cc=${CC:-cc}
if $cc -std=c99 -I"$top" -I. -fsyntax-only "$tmp/ids.c" &&
    ! $cc -std=c99 -DWRONG -I"$top" -I. -fsyntax-only "$tmp/ids.c" \
        2> /dev/null
then ok; else bad "ids of different tables"; fi

# A failed run leaves what was there.
mkdir "$tmp/keep"
echo 'model a { x int; }' > "$tmp/good.sg"
printf 'model a { `x-y` int; `x y` int; }\n' > "$tmp/bad.sg"
"$bin" generate --prefix p -o "$tmp/keep" "$tmp/good.sg"
cp "$tmp/keep/p.h" "$tmp/p.h"
if "$bin" generate --prefix p -o "$tmp/keep" "$tmp/bad.sg" 2> "$tmp/err"; then
    bad "two columns of one C name"
elif cmp -s "$tmp/p.h" "$tmp/keep/p.h" &&
    grep -q 'x-y.*x y.*x_y' "$tmp/err" && [ "$(ls "$tmp/keep" | wc -l)" = 2 ]
then ok; else bad "old output after a failure"; fi

# The corpus: one compiler each for speed.
verdicts=
[ -n "$corpus" ] && verdicts=$(ls "$corpus"/VERDICTS-*.txt 2> /dev/null)
if [ -z "$verdicts" ]; then
    echo "skipped: golden/c: no corpus at ${corpus:-(none given)}"
    skipped=1
else
    sed -n 's/ :: ok .*//p' "$verdicts" > "$tmp/accepted"
    STDS_C=c99 STDS_CXX=c++17
    while read -r name; do
        out=$tmp/corpus/$name
        mkdir -p "$out"
        if ! "$bin" generate -o "$out" "$corpus/schemas/$name" \
            > "$tmp/log" 2>&1; then
            head -n 5 "$tmp/log"
            bad "$name: generate"
            continue
        fi
        for c in "$out"/*.c; do
            if compiles "$c" > "$tmp/log" 2>&1; then ok; else
                head -n 5 "$tmp/log"
                bad "$name: does not compile"
            fi
        done
    done < "$tmp/accepted"
fi

echo "golden/c: $passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
