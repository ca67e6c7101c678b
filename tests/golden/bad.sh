#!/bin/sh
# tests/golden/bad.sh: what people and machines give surrealgen by mistake.
#
#     bad.sh BIN
#
# Whatever a file holds, the answer is a schema (0) or a diagnostic (3), or a
# line that says which file cannot be had (7): never a signal, within bounds
# of time and memory. A run that fails leaves the old output.

if [ $# -ne 1 ]; then
    echo "usage: bad.sh BIN" >&2
    exit 2
fi
case $1 in
/*) bin=$1 ;;
*) bin=$PWD/$1 ;;
esac
cd "$(dirname "$0")/../.." || exit 1
top=$PWD
tmp=$(mktemp -d) || exit 1
trap 'chmod -R u+rwx "$tmp"; rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
passed=0 failed=0 skipped=0

ok() { passed=$((passed + 1)); }
bad() {
    echo "FAILED: golden/bad: $1"
    failed=$((failed + 1))
}
skip() {
    echo "skipped: golden/bad: $1"
    skipped=$((skipped + 1))
}

# bounded ARGUMENT...: surrealgen in 20 s (or $cpu) of CPU and 1 GiB; err, out,
# rc
bounded() {
    (
        # Before the program: what it takes is what the bounds are for.
        ulimit -t "${cpu:-20}"
        ulimit -v 1048576
        exec "$bin" "$@"
    ) > out 2> err < "${stdin:-/dev/null}"
    rc=$?
}

# answers WHAT FILE: 0 and not a word of error, or 3 and one
answers() {
    bounded check "$2"
    case $rc in
    0) if grep -q 'error' err; then bad "$1: an error, but 0"; else ok; fi ;;
    3) if grep -q '[:0-9]: error SG[0-9]*: ' err; then ok; else
           bad "$1: 3 without an error"
       fi ;;
    *) bad "$1: exit code $rc"; head -n 3 err ;;
    esac
    bounded -d roundtrip "$2"
}

# same WHAT FILE: and its tokens are the file
same() {
    answers "$1" "$2"
    if cmp -s out "$2"; then ok; else bad "$1: its tokens lose bytes"; fi
}

# refused WHAT FILE CODE: an error of that code
refused() {
    bounded check "$2"
    if [ $rc -eq 3 ] && grep -q "error $3: " err; then ok; else
        bad "$1: $rc, no $3"
        head -n 3 err
    fi
}

# fine WHAT FILE: no error
fine() {
    bounded check "$2"
    if [ $rc -eq 0 ]; then ok; else
        bad "$1: exit code $rc"
        head -n 3 err
    fi
}

# quick WHAT ARGUMENT...: 0 in a time that grows with the input, not with its
# square, which takes ten times as long and more
quick() {
    what=$1
    shift
    cpu=5 bounded "$@"
    if [ $rc -eq 0 ]; then ok; else
        bad "$what: exit code $rc"
        head -n 3 err
    fi
}

# repeat N TEXT: the text so many times, in one line
repeat() { awk -v N="$1" -v T="$2" 'BEGIN {
    while (N-- > 0) printf "%s", T }'; }

# ---- depth ----------------------------------------------------------------

deep=10000
# nest NAME END START OPEN MIDDLE CLOSE: with the ends and without
nest() {
    { printf '%s' "$3"; repeat $deep "$4"; printf '%s' "$5"
      repeat $deep "$6"; printf '%s\n' "$7"; } > "deep.$2"
    same "$deep deep: $1" "deep.$2"
    { printf '%s' "$3"; repeat $deep "$4"; } > "deep.$2"
    same "$deep deep, open: $1" "deep.$2"
    { printf '%s' "$3"; repeat $deep "$6"; printf '%s\n' "$7"; } > "deep.$2"
    same "$deep ends: $1" "deep.$2"
}

for pair in '( )' '[ ]' '{ }' '< >' '|x|' '` `' "' '" '" "' '/*  */' \
    '-> ->' '{a: }' 'IF{ }' '<future>{ }' '<|x >' '- -' '! !' '.* .*'; do
    open=${pair%% *}
    close=${pair##* }
    nest "$pair in an expression" surql 'DEFINE FIELD f ON a VALUE ' \
        "$open" 1 "$close" ';'
    nest "$pair in a statement" surql 'RETURN ' "$open" 1 "$close" ';'
    nest "$pair in a model" sg 'model a { f int value ' "$open" 1 "$close" \
        '; }'
done
for open in 'option<' 'array<' 'set<' 'record<' 'references<' 'either<' \
    'geometry<' '(' '[' '{ a: ' 'int | ' 'array<int | ' 'option<{ a: ['; do
    close=$(printf '%s' "$open" | sed 's/[^<([{]//g' | rev | tr '<([{' '>)]}')
    nest "type $open" surql 'DEFINE FIELD f ON a TYPE ' "$open" int \
        "$close" ';'
    nest "type $open" sg 'model a { f ' "$open" int "$close" '; }'
    nest "alias $open" sg 'type t = ' "$open" int "$close" ';'
    nest "parameter $open" sg 'query q($p: ' "$open" int "$close" \
        ') -> one int { RETURN 1; }'
done
for open in 'model a {' 'struct a {' 'enum a {' 'f {' 'mixin m {' \
    'edge e from {' 'query q() -> one {' 'access a on {' 'event e when {' \
    'permissions {' '@c(' '@' 'view v {' 'use '; do
    close=$(printf '%s' "$open" | sed 's/[^({]//g' | tr '({' ')}')
    nest "$open" sg '' "$open" 'f int;' "$close" ''
    nest "$open in a model" sg 'model z { ' "$open" 'f int;' "$close" ' }'
done
nest path surql 'DEFINE FIELD a' '.a' '' '' ' ON t TYPE int;'
nest path surql 'DEFINE FIELD a' '.*' '' '' ' ON t TYPE int;'
nest path surql 'DEFINE FIELD a' '[*]' '' '' ' ON t TYPE int;'
nest path sg 'model a { index i (a' '.a' '' '' '); a int; }'
nest permissions surql 'DEFINE TABLE a PERMISSIONS ' 'FOR select WHERE (' 1 \
    ')' ';'
nest THEN surql 'DEFINE EVENT e ON a WHEN true THEN ' '{(' 1 ')}' ';'
nest function surql 'DEFINE FUNCTION fn::f(' '$a: option<' int '>' ') {};'
nest annotation surql '-- @c' '(' a ')' '
DEFINE TABLE a;'

# Structs that hold each other, aliases of aliases, mixins of mixins.
awk -v N=$deep 'BEGIN { for (i = 0; i < N; i++)
    printf "struct s%d { a s%d; }\n", i, (i + 1) % N
    print "model m { a s0; }" }' > ring.sg
answers "a ring of structs" ring.sg
awk -v N=$deep 'BEGIN { for (i = 0; i < N; i++)
    printf "type t%d = array<t%d>;\n", i, i + 1
    printf "type t%d = int;\nmodel m { a t0; }\n", N }' > chain.sg
answers "a chain of aliases" chain.sg
sed 's/array<\(.*\)>/\1/' chain.sg > alias.sg
answers "a chain of plain aliases" alias.sg
awk -v N=$deep 'BEGIN { for (i = 0; i < N; i++)
    printf "mixin m%d { use m%d; }\n", i, i + 1
    printf "mixin m%d { a int; }\nmodel m { use m0; }\n", N }' > mixin.sg
answers "a chain of mixins" mixin.sg
awk 'BEGIN { for (i = 0; i < 40; i++)
    printf "struct s%d { a s%d; b s%d; }\n", i, i + 1, i + 1
    print "struct s40 { a int; }\nmodel m { a s0; }" }' > double.sg
answers "structs that double forty times" double.sg
awk 'BEGIN { for (i = 0; i < 40; i++)
    printf "type t%d = { a: t%d, b: t%d };\n", i, i + 1, i + 1
    print "type t40 = int;\nmodel m { a t0; }" }' > twice.sg
answers "aliases that double forty times" twice.sg
awk 'BEGIN { for (i = 0; i < 40; i++)
    printf "mixin m%d { use m%d, m%d; }\n", i, i + 1, i + 1
    print "mixin m40 { a int; }\nmodel m { use m0; }" }' > thrice.sg
answers "mixins that double forty times" thrice.sg

# ---- size -----------------------------------------------------------------

dd if=/dev/zero of=zeros.surql bs=1 count=0 seek=104857600 2> /dev/null
refused "100 MB of nothing" zeros.surql SG1003
repeat 1000000 'DEFINE TABLE a;' | head -c 14999999 > big.surql
cat big.surql big.surql big.surql big.surql big.surql big.surql big.surql \
    > huge.surql
refused "100 MB of statements" huge.surql SG1003
stdin=huge.surql bounded check -
if [ $rc -eq 3 ]; then ok; else bad "100 MB on stdin: $rc"; fi
rm -f huge.surql big.surql zeros.surql
for text in '(' '{' '[' '<' ';' 'a ' 'a.' "'" '"' '`' '/' '/*' '--
' '
' '$' '@' '|' '1' 'é' '///
' 'DEFINE ' 'DEFINE FIELD a ON b TYPE '; do
    for end in sg surql; do
        repeat 300000 "$text" > "many.$end"
        same "300,000 of $(printf '%s' "$text" | tr '\n' ' ')in .$end" \
            "many.$end"
    done
done
awk 'BEGIN { print "model wide {"; for (i = 0; i < 4097; i++)
    printf "  c%d option<int>;\n", i; print "}" }' > wide.sg
refused "a table of 4,097 columns" wide.sg SG1012
# Every line an error: counted, twenty of them shown.
awk 'BEGIN { for (i = 0; i < 100000; i++) print "DEFINE FELD a ON b;" }' \
    > errors.surql
refused "100,000 errors" errors.surql 'SG[0-9]*'
if [ "$(grep -c ': error SG' err)" -eq 20 ]; then ok; else
    bad "100,000 errors: not twenty shown"
fi
if [ "$(wc -c < err)" -lt 20000 ]; then ok; else bad "a flood of errors"; fi

# Much of one thing.
awk 'BEGIN { for (i = 0; i < 2500; i++) { printf "model t%d {\n", i
    for (k = 0; k < 20; k++) printf "  c%d int | string;\n", k; print "}" } }' \
    > unions.sg
quick "50,000 unions" generate -o . unions.sg
awk 'BEGIN { for (i = 0; i < 2500; i++) { printf "model t%d {\n", i
    for (k = 0; k < 20; k++) printf "  c%d string @c(type: \"m%d_%d\", via:" \
        " \"m%d_%d\", include: \"m%d.h\");\n", k, i, k, i, k, i
    print "}" } }' > users.sg
quick "50,000 types of the user's" generate -o . users.sg
if [ "$(grep -c '^#include "m' users.h)" -eq 2500 ]; then ok; else
    bad "a header of the user's more than once, or not"
fi
awk 'BEGIN { for (i = 0; i < 100000; i++)
    printf "view v%d { n int; } as SELECT n FROM v%d;\n", i, i + 1
    print "model v100000 { n int; }" }' > views.sg
quick "a chain of 100,000 views" sql views.sg
if [ "$(sed -n 3p out | cut -d ' ' -f 3)" = v99999 ]; then ok; else
    bad "a chain of views: the last one is not the first"
fi
awk 'BEGIN { for (i = 0; i < 20000; i++) printf "model d%d drop { a int; }\n" \
    "view v%d { n int; } as SELECT a AS n FROM d%d;\n", i, i, i }' > drop.sg
quick "20,000 views of tables that drop" check drop.sg
awk 'BEGIN { for (i = 0; i < 40000; i++)
        printf "DEFINE TABLE t%d SCHEMAFULL;\n", i
    for (i = 0; i < 40000; i++) printf "DEFINE FIELD a ON t%d TYPE int;\n", i
    }' > apart.surql
quick "40,000 tables, then their columns" fmt --stdout --to=model apart.surql
for type in int string; do
    awk -v T=$type 'BEGIN { for (i = 0; i < 600; i++) {
        printf "model t%d schemafull {\n", i
        for (k = 0; k < 20; k++) printf "  c%d %s;\n", k, T; print "}" } }' \
        > casts.sg
    quick "12,000 columns that become $type" migrate generate a casts.sg
done
long=$(repeat 60 aaa)
echo 'model a { x int; }' > "$long.sg"
pattern=$(repeat 20 '*a')
quick "a pattern of 20 stars" check "$pattern.sg"
cpu=5 bounded check "${pattern}b.sg"
if [ $rc -eq 7 ]; then ok; else bad "20 stars that fit nothing: $rc"; fi

# ---- bytes ----------------------------------------------------------------

for bytes in '\377' '\200' '\300\257' '\355\240\200' '\364\220\200\200' \
    '\342\202' '\360\237\230'; do
    for where in '%s' 'DEFINE TABLE a%s;' 'DEFINE TABLE `a%s`;' \
        'DEFINE TABLE a COMMENT "%s";' '-- %s' '/* %s */' '# %s' '// %s' \
        '/// %s' '//! %s' '-- @c(name: %s)' 'RETURN 1%s;' 'RETURN /%s/;' \
        'RETURN $%s;' 'DEFINE %s' 'RETURN function() { %s };' \
        'RETURN u"%s";' '⟨%s⟩' ';%s'; do
        for end in sg surql; do
            # shellcheck disable=SC2059
            printf -- "$where\n" "$(printf "$bytes")" > "bytes.$end"
            refused "bytes $bytes in $where of .$end" "bytes.$end" SG1001
        done
    done
done
for where in '%sDEFINE TABLE a;' 'DEFINE TABLE a%sb;' 'RETURN "%s";' \
    '-- %s' 'DEFINE TABLE `%s`;' 'DEFINE TABLE a;%s'; do
    # shellcheck disable=SC2059
    printf -- "$where\n" '%' | tr '%' '\000' > nul.surql
    refused "a NUL in $where" nul.surql SG1002
done
printf '\357\273\277DEFINE TABLE a;\n' > bom.surql
fine "a byte order mark" bom.surql
printf '' > empty.surql
fine "an empty file" empty.surql
cp empty.surql empty.sg
fine "an empty model file" empty.sg
bounded sql empty.surql
if [ $rc -eq 0 ] && [ ! -s out ]; then ok; else bad "SQL of nothing"; fi
printf '/// d\nmodel a { x int; // c\n y string; }' > ends.sg
fine "no newline at the end" ends.sg
"$bin" sql ends.sg > lf.out
awk '{ printf "%s\r\n", $0 }' ends.sg > crlf.sg
same "CR LF" crlf.sg
"$bin" sql crlf.sg > crlf.out
if cmp -s lf.out crlf.out; then ok; else bad "CR LF changes what is read"; fi
"$bin" generate --prefix p -o lf ends.sg
"$bin" generate --prefix p -o crlf crlf.sg
sed 's/crlf\.sg/ends.sg/' crlf/p.h | cmp -s - lf/p.h
if [ $? -eq 0 ]; then ok; else bad "CR LF changes the C"; fi
tr '\n' '\r' < ends.sg > cr.sg
same "lone CR" cr.sg
printf 'DEFINE TABLE a\r;\rDEFINE TABLE b;\r' > cr.surql
same "lone CR between words" cr.surql

# ---- files ----------------------------------------------------------------

mkdir folder
echo 'include "b.sg"; model a { b record<b>; }' > a.sg
echo 'include "a.sg"; include "b.sg"; model b { a record<a>; }' > b.sg
fine "an include cycle" a.sg
echo 'include "self*.sg"; model own { x int; }' > self.sg
fine "a file that includes itself" self.sg
for what in 'folder' 'nowhere.sg' '' '/' '*' '[' '**' 'x\0y' '../../../..'; do
    printf 'include "%s";\nmodel a { x int; }\n' "$what" > inc.sg
    bounded check inc.sg
    if [ $rc -eq 0 ] || [ $rc -eq 3 ] || [ $rc -eq 7 ]; then
        if [ $rc -eq 0 ] || [ -s err ]; then ok; else
            bad "include \"$what\": no word"
        fi
    else
        bad "include \"$what\": exit code $rc"
    fi
done
printf 'include "nowhere.sg";\n' > inc.sg
bounded check inc.sg
if [ $rc -ne 0 ] && grep -q 'nowhere.sg' err; then ok; else
    bad "include of a file that is not there"
fi
for what in folder nowhere.sg folder/x.sg a.sg/x.sg; do
    bounded check "$what"
    if [ $rc -eq 7 ] && grep -q "$what" err; then ok; else
        bad "check $what: exit code $rc"
    fi
done
if [ "$(id -u)" -ne 0 ]; then
    echo 'model a { x int; }' > closed.sg
    chmod 0 closed.sg
    bounded check closed.sg
    if [ $rc -eq 7 ] && grep -q 'closed.sg' err; then ok; else
        bad "a file that may not be read"
    fi
else
    skip "a file that may not be read (the superuser may read any)"
fi

# ---- output ---------------------------------------------------------------

echo 'model a { x int; }' > old.sg
awk 'BEGIN { for (i = 0; i < 300; i++) printf "model a%d { x int; }\n", i }' \
    > new.sg
mkdir keep
"$bin" generate --prefix p -o keep old.sg
cp keep/p.h keep/p.c .
# kept WHAT: both old files, and nothing beside them
kept() {
    if [ $rc -ne 0 ] && [ -s err ] && cmp -s p.h keep/p.h &&
        cmp -s p.c keep/p.c && [ "$(ls keep | wc -l)" -eq 2 ]; then
        ok
    else
        bad "$1: exit code $rc, or the old output is not as it was"
        ls keep
    fi
}
for blocks in 0 1 8 64 200; do
    (
        trap '' XFSZ
        ulimit -f $blocks
        exec "$bin" generate --prefix p -o keep new.sg
    ) > out 2> err
    rc=$?
    # The shell's own redirection has the limit as well.
    [ -s err ] || echo "no room for a word" > err
    kept "a disk that is full after $blocks blocks"
done
echo 'model a { `x-y` int; `x y` int; }' > fold.sg
bounded generate --prefix p -o keep fold.sg
kept "two columns of one C name"
refused "two columns of one C name" fold.sg SG701
echo 'DEFINE TABLE `a-b`; DEFINE TABLE `a b`;' > fold.surql
refused "two tables of one C name" fold.surql SG702
bounded generate --prefix p -o old.sg/x new.sg
if [ $rc -eq 7 ] && [ -s err ]; then ok; else bad "a folder in a file: $rc"; fi
if [ -c /dev/full ]; then
    "$bin" sql new.sg > /dev/full 2> err
    rc=$?
    kept "a full device"
else
    skip "a full device (there is no /dev/full)"
fi

echo "golden/bad: $passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
