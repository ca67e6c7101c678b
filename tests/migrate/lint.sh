#!/bin/sh
# tests/migrate/lint.sh: the rules of `migrate lint`, each of them found where
# it is meant and silent where it is not.
#
#     lint.sh BIN            UPDATE=1 lint.sh BIN to write what is expected
#
# lint/NAME.surql is the up.surql of a migration behind lint/base/before.surql;
# NAME.expect what `migrate lint` says of it, NAME.args more options of it (or
# the --target of the chain). sgNNN.surql has the code, sgNNN_fine.surql does
# what is close to it and has it not. Every rule has both, but for those only a
# server can answer: tests/migrate/lint_live.sh.
set -u
bin=${1:-build/surrealgen}
case $bin in /*) ;; *) bin=$PWD/$bin ;; esac
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
passed=0 failed=0
unset NO_COLOR SURREALGEN_ENV SURREALGEN_CONFIG SURREAL_URL
export SOURCE_DATE_EPOCH=1785585600
cd "$tmp" || exit 1

good() { passed=$((passed + 1)); }
bad()
{
    echo "FAILED: $*"
    failed=$((failed + 1))
}

# chain DIR OPTION...: a first migration that defines the base, without what
# SurrealDB 2 does not have when it is for that, and one by hand
chain()
{
    dir=$1
    shift
    mkdir "$dir" || exit 1
    cp "$here/lint/base/before.surql" "$here/lint/base/program.sg" "$dir"
    [ $# -eq 0 ] || sed -e '/COMPUTED/d' -e 's/ REFERENCE//' \
        "$here/lint/base/before.surql" > "$dir/before.surql"
    (
        cd "$dir" && "$bin" migrate generate init "$@" before.surql &&
            "$bin" migrate new "$@" case
    ) > made 2>&1 || { cat made; bad "no chain: $*"; exit 1; }
}

# case_in DIR NAME OPTION...: leaves said and the exit code in rc
case_in()
{
    dir=$1 file=$here/lint/$2.surql
    shift 2
    up=$(echo "$dir"/migrations/*_case/up.surql)
    [ -e "$up.head" ] || sed -n '1,/^-- schema/p' "$up" > "$up.head"
    { cat "$up.head"; echo; cat "$file"; } > "$up"
    (cd "$dir" && "$bin" migrate lint "$@") > out 2> said
    rc=$?
}

# compare NAME FILE
compare()
{
    if [ "${UPDATE:-}" = 1 ]; then
        cmp -s "$here/lint/$1" "$2" || { cp "$2" "$here/lint/$1"
            echo "$1: written"; }
        good
    elif cmp -s "$here/lint/$1" "$2"; then
        good
    else
        bad "$1: not as expected"
        diff -u "$here/lint/$1" "$2"
    fi
}

chain plain
chain two --target 2.6
for file in "$here"/lint/*.surql; do
    name=$(basename "$file" .surql)
    args=
    in=plain
    [ -e "$here/lint/$name.args" ] && args=$(cat "$here/lint/$name.args")
    case $args in *--target*) in=two args= ;; esac
    # shellcheck disable=SC2086
    case_in $in "$name" $args
    compare "$name.expect" said
    [ -s out ] && { bad "$name: something on stdout"; cat out; }
    code=$(echo "$name" | sed 's/_.*//' | tr 's' 'S' | tr 'g' 'G')
    has=no
    grep -qE "(error|warning|note) $code:" said && has=yes
    case $name in
    sg*_fine) want=no ;;
    sg*) want=yes ;;
    *) want=$has ;;
    esac
    if [ $has = $want ]; then good; else bad "$name: has it: $has"; fi
    want=0
    grep -q ': error SG' said && want=4
    if [ $rc -eq $want ]; then good; else bad "$name: exit $rc, not $want"; fi
done

# Every rule that is asked here has a case, and one close to it.
"$bin" migrate lint --list > list
for code in $(sed -n 's/^| SG\([0-9]*\) .*/\1/p' list); do
    row=$(grep "^| SG$code " list)
    case $row in
    *'| server |'*) grep -q "SG$code" "$here/lint_live.sh" && good ||
        bad "SG$code: not in lint_live.sh" ;;
    *'`check`'*|*'`migrate check`'*) good ;;
    *)
        for name in "sg$code" "sg${code}_fine"; do
            if [ -e "$here/lint/$name.surql" ]; then good; else
                bad "no case $name"
            fi
        done ;;
    esac
done
# What the documentation has is what the program has.
docs=$here/../../docs/migrations.md
[ -e "$docs" ] && grep -q '^| SG101 ' "$docs" ||
    docs=$here/../../docs/migrations-rules.md
if grep -E '^\| SG[0-9]+ \| [EWN] ' "$docs" | cmp -s - - && \
    [ "$(grep -E '^\| SG[0-9]+ \| [EWN] ' "$docs")" = \
      "$(grep -E '^\| SG' list)" ]; then
    good
else
    bad "the table in $docs is not what --list prints"
fi

# ---- allowing -----------------------------------------------------------------

gives() # CODE TEXT: the exit code, and a text in what was said
{
    if [ $rc -eq "$1" ]; then good; else bad "exit $rc, not $1"; cat said; fi
    if grep -qF -- "$2" said out; then good; else
        bad "no \`$2\`"
        cat said
    fi
}
case_in plain sg102 --allow data-loss
gives 0 'reason: --allow data-loss'
case_in plain sg102 --allow irreversible,sg102
gives 0 'reason: --allow sg102'
case_in plain sg102 --allow drift
gives 4 'error SG102'
case_in plain sg105 --strict
gives 1 'warning SG105'
case_in plain sg105
gives 0 'warning SG105'
case_in plain sg101_fine --format json
gives 0 '"severity":"allowed"'
gives 0 '"reason":"empty since 2025"'
case_in plain sg101_fine --format sarif
gives 0 '"justification": "empty since 2025"'
case_in plain sg102 --format gcc
gives 4 '[SG102]'
case_in plain sg102 --format github
gives 4 '::error file='
case_in plain sg102 init
gives 0 ''
case_in plain sg102 --all
gives 4 'error SG102'
case_in plain sg102 nowhere
gives 2 'nowhere'

echo "migrate/lint: $passed passed, $failed failed"
[ $failed -eq 0 ]
