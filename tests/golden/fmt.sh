#!/bin/sh
# tests/golden/fmt.sh: what `fmt` makes of files, and the laws it keeps.
#
#     fmt.sh BIN DIR        UPDATE=1 fmt.sh BIN DIR writes the expected files
#
# fmt/NAME.sg|.surql has NAME.EXT.expect beside it: the layout, or for
# model.surql, define.sg and fix.surql what --to and --fix make of them; what
# is refused has NAME.err. The laws are tried on every case here, on those of
# the golden tests and on DIR, the schema files of other people:
#     layout    fmt(fmt(x)) is fmt(x), and `sql` prints the same for both
#     model     `sql` prints the same statements for --to=model x as for x, and
#               with --drop-exists when all say OVERWRITE
#     define    `sql` prints the same bytes for --to=define x as for x
#     comments  no conversion loses one

if [ $# -ne 2 ]; then
    echo "usage: fmt.sh BIN DIR" >&2
    exit 2
fi
case $1 in
/*) bin=$1 ;;
*) bin=$PWD/$1 ;;
esac
case $2 in
/*) corpus=$2 ;;
*) corpus=$PWD/$2 ;;
esac
cd "$(dirname "$0")" || exit 1
here=$PWD
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
passed=0
failed=0
skipped=0

ok()
{
    passed=$((passed + 1))
}

say()
{
    echo "$1: $2"
    [ -z "${3:-}" ] || head -n 8 "$3"
    failed=$((failed + 1))
}

# expect NAME EXPECTED GOT
expect()
{
    if [ "${UPDATE:-}" = 1 ]; then
        cmp -s "$2" "$3" || { cp "$3" "$2" && echo "$1: written"; }
    elif ! cmp -s "$2" "$3"; then
        diff -u "$2" "$3" > "$tmp/diff"
        say "$1" "not as expected" "$tmp/diff"
        return
    fi
    ok
}

# same NAME WHAT A B
same()
{
    if cmp -s "$3" "$4"; then
        ok
    else
        diff "$3" "$4" > "$tmp/diff"
        say "$1" "$2" "$tmp/diff"
    fi
}

# ---- cases -------------------------------------------------------------------

golden()
{
    out=fmt/$1.expect
    shift
    (cd fmt && "$bin" fmt --stdout "$@") > "$tmp/out" 2> "$tmp/err"
    [ "$tmp" ] && expect "$*" "$out" "$tmp/out"
}

refused() # NAME CODE ARG...
{
    err=fmt/$1.err
    want=$2
    shift 2
    (cd fmt && "$bin" fmt --stdout "$@") > "$tmp/out" 2> "$tmp/err"
    rc=$?
    [ $rc -eq "$want" ] && ok || say "$*" "exit code $rc, not $want" "$tmp/err"
    expect "$*" "$err" "$tmp/err"
}

golden layout.sg layout.sg
golden layout.surql layout.surql
golden crlf.surql crlf.surql
golden model.surql --to=model model.surql
expect "what model says" fmt/model.err "$tmp/err"
golden define.sg --to=define define.sg
golden fix.surql --fix all fix.surql
expect "what fix says" fmt/fix.err "$tmp/err"
refused refused 3 --to=model refused.surql
refused query 3 --to=define query.sg

# ---- the verb ----------------------------------------------------------------

cp fmt/layout.surql "$tmp/a.surql"
cp fmt/layout.surql.expect "$tmp/b.surql"
echo 'DEFINE TABLE ;' > "$tmp/c.surql"
cp "$tmp/c.surql" "$tmp/c.was"
cd "$tmp" || exit 1

rc_is()
{
    want=$1
    shift
    "$@" > out 2> err
    rc=$?
    [ $rc -eq "$want" ] && ok || say "$*" "exit code $rc, not $want" err
}

rc_is 1 "$bin" fmt --check a.surql b.surql
echo a.surql > want
same "fmt --check" "not the files that would change" want out
rc_is 0 "$bin" fmt --check b.surql
rc_is 1 "$bin" fmt --diff a.surql
cp a.surql patched
if patch -s patched < out; then ok; else say "fmt --diff" "no patch" out; fi
same "fmt --diff" "not a patch to the layout" patched b.surql
rc_is 0 "$bin" fmt --stdin a.surql < a.surql
same "fmt --stdin" "not the layout" out b.surql
rc_is 3 "$bin" fmt a.surql c.surql
same "fmt" "in place, not the layout" a.surql b.surql
same "fmt" "a file with errors was touched" c.surql c.was
grep -q 'c.surql:1:14: error SG' err && ok || say "fmt c.surql" "no place" err
cp "$here/fmt/model.surql" m.surql
rc_is 0 "$bin" fmt --to=model m.surql
[ -e m.sg ] && [ -e m.surql ] && ok || say "fmt --to=model" "no m.sg beside"
rc_is 0 "$bin" fmt --to=model m.surql
echo '// mine' >> m.sg
rc_is 4 "$bin" fmt --to=model m.surql
rm m.sg
rc_is 0 "$bin" fmt --to=model --remove m.surql
[ -e m.sg ] && [ ! -e m.surql ] && ok || say "fmt --remove" "m.surql is there"

# ---- the laws ----------------------------------------------------------------

# comments FILE: each of them, without what marks it, sorted
comments()
{
    "$bin" -d tokens "$1" | sed -n \
        's/^[0-9:]* \(comment\|doc\|file-doc\) |\(.*\)|$/\2/p' |
        sed 's/^[-\/#!]*//; s/\\x0d$//; s/ *$//' | grep -v '^ *@' | sort
}

# Whether every line of A is in B, as often.
missing()
{
    comm -23 "$1" "$2" | grep -q . && comm -23 "$1" "$2" > "$tmp/diff"
}

sql()
{
    "$bin" sql "$@" 2> sql.err | sed 's/[ 	]*$//'
}

layout_law()
{
    "$bin" fmt --stdin "$2" < "$2" > "1.$3" 2> err ||
        { say "$1" "no layout" err; return; }
    "$bin" fmt --stdin "1.$3" < "1.$3" > "2.$3" 2> err
    same "$1" "the layout is not final" "1.$3" "2.$3"
    sql $args "$2" > a.sql
    sql $args "1.$3" > b.sql
    same "$1" "the layout changes the schema" a.sql b.sql
    comments "$2" > a.txt
    comments "1.$3" > b.txt
    same "$1" "the layout loses a comment" a.txt b.txt
}

model_law() # NAME FILE MORE-ARGS SQL-ARGS
{
    if ! "$bin" fmt $args --to=model $3 --stdout "$2" > m.sg 2> err; then
        grep -q ': error SG1601' err || say "$1" "no model" err
        return
    fi
    sql $args $4 "$2" | sort > a.sql
    sql $args $4 m.sg | sort > b.sql
    [ -s sql.err ] && grep -q ': error' sql.err &&
        say "$1" "the model has errors" sql.err
    same "$1" "--to=model $3 changes the schema" a.sql b.sql
    comments "$2" > a.txt
    comments m.sg > b.txt
    if missing a.txt b.txt; then
        say "$1" "--to=model $3 loses a comment" diff
    else
        ok
    fi
    "$bin" fmt --check m.sg > out 2> err && ok ||
        say "$1" "--to=model is not in layout" err
    define_law "$1" m.sg
}

define_law()
{
    if ! "$bin" fmt $args --to=define --stdout "$2" > d.surql 2> err; then
        grep -q ': error SG1604' err || say "$1" "no DEFINE" err
        return
    fi
    sql $args "$2" > a.sql
    sql $(target "$2") $args d.surql > b.sql
    same "$1" "--to=define changes the schema" a.sql b.sql
    comments "$2" > a.txt
    comments d.surql > b.txt
    if missing a.txt b.txt; then
        say "$1" "--to=define loses a comment" diff
    else
        ok
    fi
}

target() # what the file says, as an option
{
    sed -n 's/^target surrealdb \([0-9.x]*\);.*/--target \1/p' "$1" | head -n 1
}

law()
{
    ext=${1##*.}
    name=$(basename "$1")
    for args in '' '--target 2.6'; do
        "$bin" sql $args "$1" > /dev/null 2>&1 || continue
        cp "$1" "in.$ext"
        layout_law "$name" "in.$ext" "$ext"
        if [ "$ext" = surql ]; then
            model_law "$name" in.surql '' ''
            model_law "$name" in.surql --drop-exists --overwrite
        else
            define_law "$name" in.sg
        fi
    done
}

for file in "$here"/fmt/*.s* "$here"/a_*.s*; do
    case $file in
    *.expect) ;;
    */a_language.sg) ;; # includes others, which include it by its name
    *) law "$file" ;;
    esac
done
if [ -d "$corpus/schemas" ]; then
    for file in "$corpus"/schemas/*.surql; do
        law "$file"
    done
else
    echo "skipped: no corpus of schema files at $corpus"
    skipped=1
fi
echo "fmt: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
