#!/bin/sh
# tests/golden/run.sh: what surrealgen prints, compared with what it should.
#
#     run.sh BIN            UPDATE=1 run.sh BIN to write the expected files
#
# A case is NAME.surql or NAME.sg here, with
#     NAME.sql.expect   what `sql` prints; `check` must be silent, or
#     NAME.err          what `check` prints on stderr, its exit code 3 (or 0
#                       when there are only warnings).
# NAME.ast.expect, alone or beside the first, is what `-d ast` prints.
# NAME.args, if there, holds options for both. Every case must also come back
# from its tokens byte for byte. For a new case make an empty expected file,
# then UPDATE=1, then read what was written.

if [ $# -ne 1 ]; then
    echo "usage: run.sh BIN" >&2
    exit 2
fi
case $1 in
/*) bin=$1 ;;
*) bin=$PWD/$1 ;;
esac
cd "$(dirname "$0")" || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
passed=0
failed=0

# compare NAME EXPECTED GOT
compare() {
    if [ "${UPDATE:-}" = 1 ]; then
        cmp -s "$2" "$3" || { cp "$3" "$2" && echo "$1: written"; }
    elif ! cmp -s "$2" "$3"; then
        echo "$1: not as expected"
        diff -u "$2" "$3"
        ok=no
    fi
}

for file in *.surql *.sg; do
    [ -e "$file" ] || continue
    name=${file%.*}
    args=
    [ -e "$name.args" ] && args=$(cat "$name.args")
    ok=yes
    "$bin" -d roundtrip "$file" > "$tmp/trip" 2> /dev/null
    if ! cmp -s "$file" "$tmp/trip"; then
        echo "$name: its tokens lose bytes"
        ok=no
    fi
    if [ -e "$name.ast.expect" ]; then
        "$bin" -d ast "$file" > "$tmp/ast" 2> "$tmp/err"
        rc=$?
        if [ $rc -ne 0 ] || [ -s "$tmp/err" ]; then
            echo "$name: -d ast: exit code $rc"
            cat "$tmp/err"
            ok=no
        fi
        compare "$name" "$name.ast.expect" "$tmp/ast"
    fi
    # shellcheck disable=SC2086
    if [ -e "$name.sql.expect" ]; then
        "$bin" sql $args "$file" > "$tmp/out" 2> "$tmp/err"
        rc=$?
        if [ $rc -ne 0 ] || [ -s "$tmp/err" ]; then
            echo "$name: exit code $rc"
            cat "$tmp/err"
            ok=no
        fi
        compare "$name" "$name.sql.expect" "$tmp/out"
    elif [ -e "$name.err" ]; then
        "$bin" check $(echo "$args" | sed 's/--[oi][a-z-]*//') "$file" \
            > "$tmp/out" 2> "$tmp/err"
        rc=$?
        want=0
        grep -q ': error SG' "$tmp/err" && want=3
        if [ $rc -ne $want ] || [ -s "$tmp/out" ]; then
            echo "$name: exit code $rc, not $want"
            ok=no
        fi
        compare "$name" "$name.err" "$tmp/err"
    elif [ ! -e "$name.ast.expect" ]; then
        echo "$name: no expected file"
        ok=no
    fi
    if [ $ok = yes ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
done

# Too large for a case of its own.
ok=yes
head -c 8388609 /dev/zero | tr '\0' ' ' > "$tmp/too_large.surql"
(cd "$tmp" && "$bin" check too_large.surql 2> err)
compare too_large too_large.err "$tmp/err"
if [ $ok = yes ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi

# A file that is there and cannot be read, whoever runs this.
if [ -r /proc/self/mem ]; then
    ok=yes
    echo 'include "/proc/self/mem";' > "$tmp/e_1116.sg"
    (cd "$tmp" && "$bin" check e_1116.sg 2> err)
    compare e_1116 e_1116.err "$tmp/err"
    if [ $ok = yes ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
else
    echo "skipped: no file here that cannot be read (e_1116)"
fi

# Every code of the table is reached by a case.
codes=../../surrealgen/schema/codes.h
if [ -e "$codes" ]; then
    for code in $(sed -n 's/^    X(\(SG[0-9]*\),.*/\1/p' "$codes"); do
        # Some need a server, or migrations: those are reached by tests/live
        # and tests/migrate.
        if cat ./*.err fmt/*.err ../migrate/*/*.expect | grep -q "$code:" ||
            grep -qE "(error|warning) $code" ../live/*.c ../migrate/*.sh; then
            passed=$((passed + 1))
        else
            echo "$code: no case reaches it"
            failed=$((failed + 1))
        fi
    done
    # What is printed as a warning can be allowed.
    for code in $(cat ./*.err | sed -n 's/.*: warning \(SG[0-9]*\):.*/\1/p' \
                  | sort -u); do
        if sed -n '/define GEN_WARNINGS/,/^$/p' "$codes" \
            | grep -q "X($code)"; then
            passed=$((passed + 1))
        else
            echo "$code: a warning that @allow does not know"
            failed=$((failed + 1))
        fi
    done
fi
echo "golden: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
