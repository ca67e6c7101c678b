#!/bin/sh
# tests/live/fix.sh: what `fmt --fix all` mends, SurrealDB 3 accepts.
#
#     fix.sh BIN DIR
#
# DIR holds VERDICTS-*.txt and schemas/*.surql, of other people, never part of
# this project. Every file SurrealDB 3 refuses is mended in a copy; when
# `check` finds nothing more in it, the server must take it, and it must differ
# from the file only in lines that hold an edit. A file that is accepted as it
# is must stay as it is. Files of our own, below, cover every kind of edit.

if [ $# -ne 2 ]; then
    echo "usage: fix.sh BIN DIR" >&2
    exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
case $1 in
/*) bin=$1 ;;
*) bin=$PWD/$1 ;;
esac
dir=$2
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
passed=0
failed=0
skipped=0

say() {
    echo "$1: $2"
    failed=$((failed + 1))
}

mend() { # NAME: $tmp/NAME in place; lines that changed, counted
    cp "$tmp/$1" "$tmp/was"
    "$bin" fmt --fix all "$tmp/$1" 2> "$tmp/said"
    places=$(sed -n 's/.*: \([0-9]*\) places* fixed$/\1/p' "$tmp/said")
    changed=$(diff "$tmp/was" "$tmp/$1" | grep -c '^>')
    if [ "$changed" -gt "${places:-0}" ]; then
        say "$1" "$changed lines changed for ${places:-0} edits"
    fi
}

cat > "$tmp/own.surql" <<'END'
DEFINE ANALYZER az TOKENIZERS BLANK;
DEFINE TABLE post SCHEMAFULL;
DEFINE FIELD author ON post TYPE option<record<person>> REFERENCE;
DEFINE TABLE person SCHEMAFULL;
DEFINE FIELD email ON person TYPE string ASSERT string::is::email($value);
DEFINE FIELD both ON person TYPE string ASSERT string::is::url($value) OR string::is::email($value);
DEFINE FIELD meta ON person FLEXIBLE TYPE object DEFAULT {};
DEFINE FIELD posts ON person TYPE references<post>;
DEFINE FIELD age ON person VALUE <future> { time::now() };
DEFINE FIELD vec ON person TYPE option<array<float, 4>>;
DEFINE INDEX ft ON person FIELDS email SEARCH ANALYZER az BM25 HIGHLIGHTS;
DEFINE INDEX near ON person FIELDS vec MTREE DIMENSION 4 DIST COSINE TYPE F32 CAPACITY 40;
$x = type::thing('person', 1);
LET $y = 'aXb' = /x/i;
END
mend own.surql
files=$tmp/own.surql
if ! "$bin" check "$tmp/own.surql" > /dev/null 2> "$tmp/err"; then
    say own.surql "not mended"
    cat "$tmp/err"
fi
verdicts=$(ls "$dir"/VERDICTS-*.txt 2> /dev/null | head -n 1)
if [ -z "$verdicts" ]; then
    echo "skipped: no corpus of schema files at $dir"
    skipped=1
else
    for file in "$dir"/schemas/*.surql; do
        name=$(basename "$file")
        cp "$file" "$tmp/$name"
        mend "$name"
        if grep -q "^$name :: ok" "$verdicts"; then
            cmp -s "$file" "$tmp/$name" || say "$name" "changed without need"
            passed=$((passed + 1))
        elif "$bin" check "$tmp/$name" > /dev/null 2>&1; then
            files="$files $tmp/$name"
        fi
    done
fi
# shellcheck disable=SC2086
sh "$here/../engine/with.sh" 3 node "$here/../engine/accepts.mjs" $files \
    > "$tmp/out" 2>&1
while read -r line; do
    case $line in
    *': ok') passed=$((passed + 1)) ;;
    *) say "refused" "${line##*/}" ;;
    esac
done < "$tmp/out"
[ -s "$tmp/out" ] || say accepts "the server said nothing"
echo "fix: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
