#!/bin/sh
# Every C example in README.md, docs/ and the manual compiles as it stands, as
# C and without warnings, and the programs of examples/ run. Fenced blocks marked
# ```c are whole files or function bodies: a block without "main(" is put into a
# function that has a connection `db` and a `status`. Errors name the line of the
# document.
set -u
cd "$(dirname "$0")/../.." || exit 1
mkdir -p build/docs
rm -f build/docs/*
passed=0 failed=0
warn='-Wall -Wextra -Werror -Wno-unused-variable -Wno-unused-but-set-variable'

for doc in README.md CONTRIBUTING.md docs/*.md; do
    [ -e "$doc" ] || continue
    awk -v D="$doc" -v O="build/docs/$(basename "$doc" .md)" '
        function flush_block() {
            file = sprintf("%s_%d.c", O, ++n)
            whole = text ~ /main\(/ || text ~ /(^|\n)[a-z][^=]*\n\{/
            if (text !~ /#include "surreal.h"/)
                print "#include <stdio.h>\n#include \"surreal.h\"" > file
            if (!whole)
                print "void doc(surreal *db);\nvoid doc(surreal *db) {\n" \
                      "surreal_status status = SURREAL_OK; " \
                      "(void)status; (void)db;" > file
            printf "#line %d \"%s\"\n%s", start, D, text > file
            if (!whole) print "}" > file
            close(file)
        }
        /^```c$/ { inside = 1; text = ""; start = FNR + 1; next }
        /^```/ { if (inside) flush_block(); inside = 0; next }
        inside { text = text $0 "\n" }
    ' "$doc"
done
# Schemas in the documents are schemas: ```sg blocks go through surrealgen under
# the name of their prefix, so that the C beside them can use what it becomes.
awk '/^```sg$/ { inside = 1; text = ""; next }
     /^```/ { if (inside) { printf "%s", text > file; close(file) } inside = 0 }
     inside { text = text $0 "\n" }
     inside && /^prefix / { file = "build/docs/" substr($2, 1, length($2) - 1) \
                                   ".sg" }
    ' docs/*.md
for sg in build/docs/*.sg; do
    if build/surrealgen generate -o build/docs "$sg"; then
        passed=$((passed + 1))
    else
        echo "FAILED: $sg"
        failed=$((failed + 1))
    fi
done
# The program in the manual: the indented block with main().
awk '/^ \*     #define SURREAL_IMPLEMENTATION/ { text = ""; take = 1 }
     take && /^ \*     / { text = text substr($0, 8) "\n"; next }
     take && /^ \*$/ { text = text "\n"; next }
     { if (take && text ~ /main\(/) { printf "%s", text; exit } take = 0 }
    ' src/api/manual.h > build/docs/manual.c

for c in build/docs/*.c; do
    # shellcheck disable=SC2086
    if ${CC:-cc} -std=c99 $warn -I. -Ibuild/docs -fsyntax-only \
        "$c"; then
        passed=$((passed + 1))
    else
        echo "FAILED: $c"
        failed=$((failed + 1))
    fi
done
# The examples link with the libraries of the line they open with, and run on
# SurrealDB 3: as they are, and with the word that stands in brackets behind
# their usage. Those that open with a wss:// url run over TLS.
try() # SOURCE PROGRAM LIBRARY...
{
    c=$1 program=$2
    shift 2
    words=$(sed -n '2s/.*\[\(.*\)\]$/\1/p' "$c")
    # shellcheck disable=SC2086
    ${CC:-cc} -std=c99 $warn -I. "$c" -o "$program" "$@" || return 1
    if sed -n '1,2p' "$c" | grep -q 'wss://'; then
        try_secure "$program" > "$program.out"
        return
    fi
    for word in "" $words; do
        # shellcheck disable=SC2086,SC2016
        sh tests/engine/with.sh 3 sh -c '"$0" "$SURREAL_TEST_URL" \
            "$SURREAL_TEST_USER" "$SURREAL_TEST_PASS" "$@"' "$program" $word \
            > "$program.out" || return 1
    done
}

# With the authority as the system's; tls.c also in the three other ways, and
# refused without any of them.
try_secure() # PROGRAM
{
    # shellcheck disable=SC2016
    SURREAL_TEST_TLS=1 sh tests/engine/with.sh 3 sh -c '
        run() {
            "$program" "$SURREAL_TEST_WSS_URL" "$SURREAL_TEST_USER" \
                "$SURREAL_TEST_PASS" "$@"
        }
        program=$0
        dir=$(dirname "$SURREAL_TEST_CA")
        ! SSL_CERT_FILE=LICENSE run 2> /dev/null || exit 1
        SSL_CERT_FILE=$SURREAL_TEST_CA run || exit 1
        case $program in */tls) ;; *) exit 0 ;; esac
        run ca "$SURREAL_TEST_CA" && run only "$dir/leaf.pem" &&
            run pin "$(cat "$dir/leaf.pin")" || exit 1
        ! run only "$SURREAL_TEST_CA" 2> /dev/null' "$1"
}

# A header that an example needs and this machine lacks.
lacks() # HEADER
{
    ! echo "#include <$1>" | ${CC:-cc} -E - > /dev/null 2>&1
}

for c in examples/*.c; do
    libraries=$(sed -n '1s/.* -o [^ ]*//p' "$c" | tr ' ' '\n' | grep '^-l')
    case $libraries in
    *-luv*) if lacks uv.h; then
                echo "docs: $c left out: no uv.h here (Debian: libuv1-dev)"
                continue
            fi ;;
    *-lssl*) if lacks openssl/ssl.h; then
                echo "docs: $c left out: no openssl/ssl.h here (Debian:" \
                    "libssl-dev)"
                continue
            fi ;;
    esac
    # shellcheck disable=SC2086
    if try "$c" "build/docs/$(basename "$c" .c)" $libraries; then
        passed=$((passed + 1))
    else
        echo "FAILED: $c"
        failed=$((failed + 1))
    fi
done
# The one about migrations: the note of the old release has all its columns.
sh examples/migrate/run.sh > build/docs/migrate.out 2>&1
if sed -n '/^-- today/,$p' build/docs/migrate.out | diff - /dev/fd/3 3<<'END'
-- today: the program
migrated: 20261115090000_title_and_words
feed the cat (3 words)
write a migration (3 words)
-- and once more: nothing to do
feed the cat (3 words)
write a migration (3 words)
END
then
    passed=$((passed + 1))
else
    cat build/docs/migrate.out
    echo "FAILED: examples/migrate"
    failed=$((failed + 1))
fi
[ $passed -gt 0 ] || failed=$((failed + 1))
echo "docs: $passed passed, $failed failed"
[ $failed -eq 0 ]
