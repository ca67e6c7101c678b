#!/bin/sh
# tests/cli/run.sh BIN: the command line, driven as a person or a CI would.
set -u
bin=${1:-build/surrealgen}
case $bin in /*) ;; *) bin=$PWD/$bin ;; esac
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
tmp=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$tmp"; rm -rf "$tmp"' EXIT
passed=0 failed=0 skipped=0
unset NO_COLOR SURREALGEN_ENV SURREALGEN_CONFIG
cd "$tmp" || exit 1

good() { passed=$((passed + 1)); }
bad()
{
    echo "FAILED: $*"
    [ -s "$tmp/.out" ] && sed 's/^/  out: /' "$tmp/.out"
    [ -s "$tmp/.err" ] && sed 's/^/  err: /' "$tmp/.err"
    failed=$((failed + 1))
}
skip()
{
    echo "skipped: $*"
    skipped=$((skipped + 1))
}

# gives CODE ARG...: the exit code; leaves .out and .err.
gives()
{
    want=$1
    shift
    "$bin" "$@" > "$tmp/.out" 2> "$tmp/.err"
    got=$?
    if [ $got -eq "$want" ]; then good; else bad "$*: exit $got, not $want"; fi
}
out() { if grep -qF -- "$1" "$tmp/.out"; then good; else bad "no \`$1\`"; fi; }
err() { if grep -qF -- "$1" "$tmp/.err"; then good; else bad "no \`$1\`"; fi; }
no_out() { if [ -s "$tmp/.out" ]; then bad "stdout not empty"; else good; fi; }
no_err() { if [ -s "$tmp/.err" ]; then bad "stderr not empty"; else good; fi; }
is() { if [ "$1" = "$2" ]; then good; else bad "\`$1\` is not \`$2\`"; fi; }

mkdir -p ok/schema/sub ok/schema/.hidden
cat > ok/schema/b.sg <<'E'
prefix shop;
/// A thing.
model thing { name string; n int; }
E
echo 'DEFINE TABLE plain SCHEMAFULL;' > ok/schema/sub/a.surql
echo 'nonsense' > ok/schema/.hidden/x.sg
echo 'nonsense' > ok/schema/readme.txt
printf 'DEFINE TABLE a;\nDEFINE FIELD \303\251\303\251 ON a TYPE int;\n' \
    > bad.surql
printf 'model a {\n\tname  strng;\n\tother nit;\n}\n' > bad.sg
printf 'DEFINE TABLE user;\nDEFINE FIELD b ON p TYPE record<usre>;\n' \
    > warn.surql

# ---- usage --------------------------------------------------------------------

gives 2
err "usage: surrealgen"
gives 2 genrate
err 'did you mean `generate`?'
gives 2 config
err '`config` needs a second word: `config show`'
gives 2 config shwo
err 'did you mean `config show`?'
gives 2 wholly-other
err 'surrealgen help'
gives 2 check --formt json ok/schema
err 'did you mean `--format`?'
gives 2 check --format yaml ok/schema
err 'one of text|json|sarif|github|gcc, not `yaml`'
gives 2 check --format
err 'needs'
gives 2 check --overwrite ok/schema
err 'means nothing to `check`'
gives 2 sql --overwrite=yes ok/schema
err 'takes no value'
gives 2 check --max-diags many ok/schema
err 'whole number'
gives 2 sql --target 9 ok/schema
err 'not a version'
gives 2 check
err 'no schema file is named'
gives 2 check -x ok/schema
err 'no option `-x`'
gives 7 check -- --no-such-file
err 'cannot read --no-such-file'
gives 7 check 'none/*.sg'
err 'no .sg or .surql file'
gives 0 --version
out 'surrealgen '
gives 0 check -V
out 'surrealgen '
gives 0 --help
out 'exit codes:'
gives 0 help check
out -- '--max-diags N'
gives 0 check --help
out -- '--max-diags N'
gives 0 help config show
out 'SURREALGEN_'
gives 2 help chek
err 'did you mean `check`?'

# Help of every verb names each of its options: an id in a verb's row that is
# no option would be missing silently.
"$bin" help | sed -n '/^verbs:/,/^$/s/^  \([a-z][a-z ]*[a-z]\).*/\1/p' \
    > verbs.txt
[ "$(wc -l < verbs.txt)" -ge 10 ] && good || bad "verbs are missing in help"
awk '/^OPTION\(/ { sub(/OPTION\(/, ""); sub(/,.*/, ""); print }' \
    "$root/surrealgen/cli/table.h" | sort > ids.txt
awk '/^VERB\(/ { v = 1; n = 0 }
     v { line = $0; while (match(line, /"[^"]*"/)) {
             t = substr(line, RSTART + 1, RLENGTH - 2)
             if (t ~ /^[A-Z_]+( [A-Z_]+)* ?$/) print t
             line = substr(line, RSTART + RLENGTH) } }' \
    "$root/surrealgen/cli/table.h" | tr ' ' '\n' | sed '/^$/d' |
    sort -u > used.txt
unknown=$(comm -13 ids.txt used.txt | grep -v -x -e FILE -e DIR -e VERB \
    -e ID -e NAME)
is "$unknown" ""

# ---- options -------------------------------------------------------------------

gives 0 generate --out=o1 ok/schema
gives 0 generate --out o2 ok/schema
gives 0 generate -o o3 ok/schema
gives 0 generate -oo4 ok/schema
for d in o2 o3 o4; do
    if cmp -s o1/shop.h $d/shop.h; then good; else bad "$d/shop.h"; fi
done
gives 0 generate --prefix other -o o5 ok/schema
is "$(ls o5 | tr '\n' ' ')" "other.c other.h "
gives 0 sql --overwrite ok/schema
out 'DEFINE TABLE OVERWRITE thing'
gives 0 sql --if-not-exists ok/schema
out 'DEFINE TABLE IF NOT EXISTS thing'
gives 0 sql --target 2.x ok/schema
out 'DEFINE TABLE thing'

# ---- files ---------------------------------------------------------------------

cat ok/schema/b.sg > one.sg
gives 0 sql ok/schema
cp .out folder.surql
gives 0 sql 'ok/**/*.sg' 'ok/schema/s?b/*.surql'
if cmp -s .out folder.surql; then good; else bad "folder and patterns"; fi
gives 0 sql ok/schema/b.sg ok/schema ok/schema/b.sg
if cmp -s .out folder.surql; then good; else bad "a file is read twice"; fi
"$bin" sql - < bad.surql > .out 2> .err
is $? 3
err '<stdin>:2:'

# ---- notes ---------------------------------------------------------------------

# What C makes of a name is said by `generate` alone, and once.
cat > notes.sg <<'E'
model class { do int; }
query both() -> (one { v: array<int> | array<string> },
    one { v: array<int> | array<string> }) { RETURN 1; RETURN 2; }
E
gives 0 check notes.sg
no_err
gives 0 generate -o o6 notes.sg
err 'note: `do` is called `do_` in C: the name is taken by C or C++'
is "$(grep -c '^note: nothing tells the arrays' .err)" 1

# ---- check ---------------------------------------------------------------------

gives 0 check ok/schema
no_out
no_err
gives 3 check bad.sg
no_out
err 'bad.sg:2:8: error SG1211'
gives 0 check warn.surql
err 'warning SG1231'
gives 1 check --deny warnings warn.surql
gives 3 check --max-diags 1 bad.sg
err '... and 1 more'
is "$(grep -c 'error SG' .err)" 1
awk 'BEGIN { for (i = 0; i < 50; i++) print "DEFNE x" i ";" }' > many.surql
gives 3 check many.surql
is "$(grep -c 'error SG' .err)" 20
gives 3 check --max-diags 0 many.surql
is "$(grep -c 'error SG' .err)" 50
gives 3 check --format gcc bad.sg
err 'bad.sg:2:8: error: there is no type called `strng` [SG1211]'
gives 3 check --format github bad.sg
out '::error file=bad.sg,line=2,endLine=2,col=8,endColumn=13,title='
gives 3 check --format json bad.sg bad.surql
no_err
gives 3 check --format json --max-diags 1 many.surql
is "$(wc -l < .out | tr -d ' ')" 1
err '49 more'
mkdir 'a, b%'
cp bad.sg 'a, b%/x:y.sg'
gives 3 check --format github 'a, b%'
out 'file=a%2C b%25/x%3Ay.sg,'
gives 3 check --format sarif 'a, b%'
out '"uri": "./a,%20b%25/x:y.sg"'
gives 0 check --format sarif ok/schema
out '"results": []'
"$bin" check --stdin ok/schema/b.sg ok/schema < bad.sg > .out 2> .err
is $? 3
err 'ok/schema/b.sg:2:8: error SG1211'
"$bin" check --stdin new.sg < ok/schema/b.sg > .out 2> .err
is $? 0
"$bin" check bad.sg 2>&1 | grep -q "$(printf '\033')" && bad colour || good
if script -qec true /dev/null > /dev/null 2>&1; then
    script -qec "$bin check bad.sg" /dev/null | grep -q "$(printf '\033')" &&
        good || bad "no colour on a terminal"
    NO_COLOR=1 script -qec "$bin check bad.sg" /dev/null |
        grep -q "$(printf '\033')" && bad "NO_COLOR" || good
else
    skip "colours: no script(1)"
fi
if node "$here/formats.mjs" "$bin" "$root" > .out 2> .err; then
    passed=$((passed + $(grep -c '^ok' .out)))
else
    bad formats
fi

# ---- generate ------------------------------------------------------------------

gives 0 generate -o g ok/schema
gives 0 generate --check -o g ok/schema
no_out
echo 'x' >> g/shop.c
cp g/shop.c before
gives 1 generate --check -o g ok/schema
is "$(cat .out)" g/shop.c
if cmp -s before g/shop.c; then good; else bad "--check wrote"; fi
rm g/shop.h
gives 1 generate --check -o g ok/schema
is "$(cat .out | tr '\n' ' ')" "g/shop.h g/shop.c "
[ -e g/shop.h ] && bad "--check made a file" || good
gives 0 generate -o g ok/schema
cp g/shop.h h.old
gives 3 generate -o g ok/schema bad.sg
if cmp -s h.old g/shop.h; then good; else bad "old output is gone"; fi
gives 1 generate -o g --deny warnings ok/schema warn.surql
if cmp -s h.old g/shop.h; then good; else bad "denied, but written"; fi
gives 0 generate --stdout ok/schema
cat g/shop.h g/shop.c > both
if cmp -s both .out; then good; else bad "--stdout"; fi

# Nothing half done: the second file cannot be written, the first one stays.
mkdir -p half/shop.c
echo old > half/shop.h

gives 7 generate -o half ok/schema
err 'cannot write half/shop.c'
is "$(cat half/shop.h)" old
is "$(ls half | tr '\n' ' ')" "shop.c shop.h "
if [ -c /dev/full ]; then
    "$bin" sql ok/schema > /dev/full 2> .err
    is $? 7
    err 'No space left'
else
    skip "a full disk: no /dev/full"
fi
mkdir shut
chmod a-w shut
if [ "$(id -u)" -eq 0 ]; then
    # Nothing is shut to root but what the kernel itself refuses.
    gives 7 generate -o /proc/none ok/schema
    err 'cannot write /proc/none/shop.h'
else
    gives 7 generate -o shut ok/schema
    err 'cannot write shut/shop.h'
fi

# What is not a plain file stays what it is, and a file keeps its mode.
echo 'model  quiet  { n int; }' > quiet.sg
chmod 640 quiet.sg
gives 0 fmt quiet.sg
is "$(ls -l quiet.sg | cut -c 1-10)" -rw-r-----
mkdir real
echo 'model  far  { n int; }' > real/far.sg
ln -s real/far.sg near.sg
gives 0 fmt near.sg
is "$(readlink near.sg) $(cat real/far.sg)" "real/far.sg model far {
  n  int;
}"
mkfifo pipe
timeout 10 cat pipe > .pipe &
gives 0 generate -o piped --depfile pipe one.sg
wait $!
[ -p pipe ] && grep -q 'one\.sg' .pipe && good || bad "a pipe is replaced"
# Beside a file that somebody else has there, and at the same time.
mkdir piped/shop.h.tmp
rm piped/shop.h
"$bin" generate -o piped one.sg & "$bin" generate -o piped one.sg
is "$?" 0
wait $!
is "$?" 0
is "$(ls piped | tr '\n' ' ')" "shop.c shop.h shop.h.tmp "

d='with space #$x'
mkdir "$d"
cp one.sg "$d/one.sg"
gives 0 generate -o dep --depfile dep/x.d "$d/one.sg"
printf 'dep/shop.h dep/shop.c:\n\ttouch $@\n-include dep/x.d\n' > dep.mk
is "$(make -f dep.mk -q 2>&1; echo $?)" 0
touch -t 203801010000 "$d/one.sg"
make -f dep.mk -n 2> /dev/null | grep -q touch && good || bad "depfile"
rm "$d/one.sg"
make -f dep.mk -n > .out 2> .err && good || bad "a deleted input stops make"
printf 'include "part.sg";\nmodel whole { n int; }\n' > whole.sg
echo 'model part { n int; }' > part.sg
gives 0 generate -o dep --depfile dep/y.d whole.sg
grep -q 'part\.sg' dep/y.d && good || bad "an included file is not in it"

gives 2 fmt --fix SG402,SG9999 one.sg
err 'there is no diagnostic `SG9999`'

# ---- connections ----------------------------------------------------------------

gives 2 schema pull --ns n --db d --url bogus
err 'surrealgen: --url: url: expected ws://'
gives 2 schema pull --ns n --db d --url ws://127.0.0.1:1 --timeout soon
err 'surrealgen: --timeout is'
got=$(SURREAL_URL=bogus "$bin" schema pull --ns n --db d 2>&1)
is "${got%%: url:*}" 'surrealgen: SURREAL_URL'

# ---- settings ------------------------------------------------------------------

mkdir set
cp -r ok/schema set/
cat > set/surrealgen.toml <<'E'
# All kinds of value.
schema = [
    "schema/**/*.sg", # a comment
    'none/**/*.sg',
]
max_diags = 3
out = "from\tfile"
prefix = "p_file"

[prod]
prefix = 'p_prod'
E
cd set || exit 1
gives 0 check
gives 0 config show
out 'out = "from'
out '# surrealgen.toml:7'
out 'max-diags = 3'
out '# target'
gives 0 config show --env prod
out 'prefix = "p_prod"'
out '# surrealgen.toml:11'
printf '# mine\nOTHER=1\nexport SURREALGEN_PREFIX="p_dot" \n' > .env
gives 0 config show
out 'prefix = "p_dot"'
out '# .env:3'
SURREALGEN_PREFIX=p_env gives 0 config show
out 'prefix = "p_env"'
out '# SURREALGEN_PREFIX'
SURREALGEN_PREFIX=p_env gives 0 config show --prefix p_flag
out 'prefix = "p_flag"'
out '# command line'
SURREALGEN_SCHEMA='schema/b.sg,schema/sub' gives 0 config show
out 'schema = ["schema/b.sg", "schema/sub"]'
SURREALGEN_ENV=prod gives 0 config show
out 'prefix = "p_dot"'
gives 2 config show --env prd
err 'did you mean [prod]?'
echo 'SURREALGEN_PREFX=a' > .env
gives 2 check
err 'did you mean `SURREALGEN_PREFIX`?'
rm .env
(cd schema && gives 0 check --config ../surrealgen.toml; exit $failed)
is $? "$failed"
gives 2 sql --config none.toml
gives 0 help
while IFS='|' read -r line text; do
    printf '%b\n' "$line" > surrealgen.toml
    gives 2 check schema
    err "$text"
done <<'E'
out|surrealgen.toml:1: a line is `key = value`
\nout =|surrealgen.toml:2: a value is missing
out = x|text wants quotes
out = 1.5|a value is a "string"
out = ["a"]|`out` is one value
out = "a|not closed on its line
otu = "a"|did you mean `out`?
overwrite = true|there is no setting `overwrite`
max-diags = "x"|whole number
schema = ["a" "b"]|`,` or `]` is missing
schema = [1]|an array holds "strings"
schema = [\n"a",|surrealgen.toml:3: this array is not closed
[x|a section is [name]
out = "a"\nout = "b"|set twice
a.b = 1|no dots
out = "\\q"|only
out = "a" b|one setting stands on one line
deny = "all"|`deny` is warnings
E
cd "$tmp" || exit 1

# ---- init, completion, man, explain ---------------------------------------------

gives 0 init project
gives 4 init project
err 'project/Makefile is there already'
mkdir other
echo mine > other/Makefile
gives 4 init other
is "$(ls other)" Makefile
is "$(cat other/Makefile)" mine
gives 2 init a b
if (cd project && make SURREALGEN="$bin" CC="${CC:-gcc}" \
    CPPFLAGS="-I$root" CFLAGS="-O0 -Wall -Wextra -Werror" \
    > ../.out 2> ../.err) && [ -x project/app ]; then
    good
else
    bad "the project does not build"
fi
(cd project && make -q SURREALGEN="$bin") && good || bad "it builds again"
(cd project && "$bin" generate --check) && good || bad "stale at once"

if command -v bash > /dev/null; then
    bash "$here/completion.bash" "$bin" > .out 2> .err
    code=$?
    [ $code -eq 0 ] && good || bad completion
    passed=$((passed + $(grep -c '^ok' .out)))
else
    skip "completion: no bash"
fi
for shell in zsh fish; do
    gives 0 completion $shell
    out surrealgen
    if command -v $shell > /dev/null; then
        $shell -n .out && good || bad "$shell does not read it"
    else
        skip "completion: no $shell"
    fi
done
gives 2 completion tcsh
err 'bash, zsh or fish'
for page in surrealgen surrealgen-schema; do
    gives 0 man $page
    out '.TH SURREALGEN'
    if command -v mandoc > /dev/null; then
        mandoc -Tlint -Wwarning .out > said && good || {
            cat said; bad "mandoc: $page"; }
    elif command -v groff > /dev/null; then
        said=$(groff -man -Tutf8 -ww -z .out 2>&1)
        is "$said" ""
    else
        skip "man $page: no mandoc, no groff"
    fi
done
gives 2 man nothing
err 'there are surrealgen and surrealgen-schema'
for verb in check generate 'config show'; do
    "$bin" man | grep -q "surrealgen $verb" && good || bad "man: no $verb"
done
gives 0 explain --list
out 'SG1211'
gives 0 explain 1211 sg1010
out 'SG1211: no such type'
out 'SG1010:'
gives 2 explain
gives 2 explain SG1211x
err 'did you mean `SG1211`?'
gives 0 dump --dump roundtrip one.sg
if cmp -s .out one.sg; then good; else bad "dump"; fi

if [ $skipped -gt 0 ]; then
    echo "cli: $passed passed, $failed failed, $skipped skipped"
else
    echo "cli: $passed passed, $failed failed"
fi
[ $failed -eq 0 ]
