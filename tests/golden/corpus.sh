#!/bin/sh
# tests/golden/corpus.sh: surrealgen against real schema files.
#
#     corpus.sh BIN DIR
#
# DIR holds VERDICTS-*.txt and schemas/*.surql, of other people, never part
# of this project. For every file the server accepts `check` finds no error
# and `sql` prints what `check` accepts again; for every file it refuses,
# `check` names the line the server named. All of them come back from their
# tokens byte for byte, and with CR LF line ends the verdict is the same.
# Prints a line per disagreement and a summary; exit code 1 if there is any.

if [ $# -ne 2 ]; then
    echo "usage: corpus.sh BIN DIR" >&2
    exit 2
fi
bin=$1
dir=$2
verdicts=$(ls "$dir"/VERDICTS-*.txt 2>/dev/null | head -n 1)
if [ -z "$verdicts" ] || [ ! -d "$dir/schemas" ]; then
    echo "skipped: no corpus of schema files at $dir"
    echo "corpus: 0 passed, 0 failed, 1 skipped"
    exit 0
fi
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
passed=0
failed=0

say() {
    echo "$1: $2"
    ok=no
}

# check_refused NAME FILE VERDICT: an error on the line of `--> [line:col]`.
check_refused() {
    line=$(printf '%s\n' "$3" | sed -n 's/.*--> \[\([0-9]*\):.*/\1/p')
    if [ "$rc" -ne 3 ]; then
        say "$1" "the server refuses line $line, check does not"
    elif ! grep -q "^$2:$line:[0-9]*: error" "$tmp/err"; then
        say "$1" "no error on line $line, which the server names"
        head -n 1 "$tmp/err"
    fi
}

# check_taken NAME FILE: no error, and what `sql` prints is taken as well.
check_taken() {
    if [ "$rc" -ne 0 ]; then
        say "$1" "the server accepts it, check does not"
        head -n 4 "$tmp/err"
        return
    fi
    "$bin" sql "$2" > "$tmp/a.surql" 2> /dev/null
    if ! "$bin" check "$tmp/a.surql" 2> "$tmp/err"; then
        say "$1" "what sql prints is refused"
        head -n 4 "$tmp/err"
        return
    fi
    "$bin" sql "$tmp/a.surql" > "$tmp/b.surql" 2> /dev/null
    cmp -s "$tmp/a.surql" "$tmp/b.surql" || say "$1" "sql is not canonical"
    rm -rf "$tmp/once" "$tmp/twice"
    "$bin" generate -o "$tmp/once" "$2" 2> /dev/null &&
        "$bin" generate -o "$tmp/twice" "$2" 2> /dev/null &&
        diff -r "$tmp/once" "$tmp/twice" > "$tmp/err" ||
        say "$1" "the C differs the second time, or there is none"
}

for file in "$dir"/schemas/*.surql; do
    name=$(basename "$file")
    verdict=$(grep "^$name ::" "$verdicts")
    ok=yes
    "$bin" -d roundtrip "$file" > "$tmp/trip"
    cmp -s "$file" "$tmp/trip" || say "$name" "its tokens lose bytes"
    "$bin" check "$file" 2> "$tmp/err"
    rc=$?
    case $verdict in
    *":: PARSE-ERR"*) check_refused "$name" "$file" "$verdict" ;;
    *":: ok"*) check_taken "$name" "$file" ;;
    *) say "$name" "no verdict" ;;
    esac
    sed 's/$/\r/' "$file" > "$tmp/crlf.surql"
    "$bin" check "$tmp/crlf.surql" 2> /dev/null
    [ $? -eq "$rc" ] || say "$name" "CR LF changes the verdict"
    if [ $ok = yes ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
done

# The example of the whole language, with what its includes ask for.
shop=$dir/../spec/samples/shop.sg
if [ -e "$shop" ]; then
    ok=yes
    mkdir -p "$tmp/shop/common" "$tmp/shop/legacy/deep"
    echo 'struct pair { a int; b int; }' > "$tmp/shop/common/pair.sg"
    echo 'DEFINE TABLE old SCHEMAFULL;' > "$tmp/shop/legacy/deep/old.surql"
    for end in lf crlf; do
        cp "$shop" "$tmp/shop/shop.sg"
        [ $end = lf ] || sed 's/$/\r/' "$shop" > "$tmp/shop/shop.sg"
        "$bin" check "$tmp/shop/shop.sg" 2> "$tmp/err" || say shop "an error"
        [ ! -s "$tmp/err" ] || cat "$tmp/err"
        "$bin" -d ast "$tmp/shop/shop.sg" > "$tmp/shop/$end"
        for line in 'table old ' 'struct pair' 'query pay '; do
            grep -q "^$line" "$tmp/shop/$end" || say shop "no $line"
        done
    done
    sed 's/\r$//' "$tmp/shop/crlf" | cmp -s - "$tmp/shop/lf" \
        || say shop "CR LF changes what is read"
    if [ $ok = yes ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
else
    echo "skipped: no sample of the language at $shop"
fi
echo "corpus: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
