#!/bin/sh
# tests/golden/names.sh: names that C, C++ and their headers have taken.
#
#     names.sh BIN
#
# As columns, tables, variants, members, parameters and functions they come
# out as C that compiles as C99 and as C++17 (which has the GNU names in scope),
# with gcc and with clang, behind every standard header. So do tables named like
# what is generated, and names of any length.

if [ $# -ne 1 ]; then
    echo "usage: names.sh BIN" >&2
    exit 2
fi
case $1 in
/*) bin=$1 ;;
*) bin=$PWD/$1 ;;
esac
cd "$(dirname "$0")/../.." || exit 1
top=$PWD
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
passed=0 failed=0

ok() { passed=$((passed + 1)); }
bad() {
    echo "FAILED: golden/names: $1"
    failed=$((failed + 1))
}

warn="-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror -fsyntax-only"
has() { command -v "$1" > /dev/null 2>&1; }

# A program that has the standard headers in scope before and after.
cat > standard.c <<'END'
#include <assert.h>
#include <complex.h>
#include <ctype.h>
#include <errno.h>
#include <fenv.h>
#include <float.h>
#include <inttypes.h>
#include <iso646.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
END
sed '/complex.h/d;/fenv.h/d' standard.c > standard.cc

# compiles WHAT PREFIX FOLDER: as C99 and C++17, gcc and clang
compiles() {
    for cc in gcc clang; do
        has $cc || continue
        # shellcheck disable=SC2086
        if $cc -std=c99 $warn -I"$top" -include standard.c "$3/$2.c" 2> err
        then ok; else bad "$1: $cc c99"; head -n 5 err; fi
        # shellcheck disable=SC2086
        if $cc -x c++ -std=c++17 $warn -I"$top" -include standard.cc \
            "$3/$2.c" 2> err
        then ok; else bad "$1: $cc c++17"; head -n 5 err; fi
    done
}

# made WHAT FILE [PREFIX]: files are called like the prefix, or the schema
made() {
    if [ $# -eq 3 ]; then
        "$bin" generate --prefix "$3" -o made "$2" > out 2> err
    else
        "$bin" generate -o made "$2" > out 2> err
    fi
    rc=$?
    if [ $rc -ne 0 ]; then
        bad "$1: exit code $rc"
        head -n 5 err
        return
    fi
    base=${2%.*}
    compiles "$1" "${3:-$base}" made
}

# Keywords of C99, C11, C23 and C++ up to 20, their alternative spellings,
# macros of the standard headers, names compilers define, and functions and
# types a program is sure to have in scope.
words='alignas alignof and and_eq asm atomic_cancel atomic_commit
atomic_noexcept auto bitand bitor bool break case catch char char16_t
char32_t char8_t class co_await co_return co_yield compl complex concept
const const_cast consteval constexpr constinit continue decltype default
delete do double dynamic_cast else enum explicit export extern false final
float for friend goto if imaginary import inline int long module mutable
namespace new noexcept noreturn not not_eq nullptr operator or or_eq override
private protected public reflexpr register reinterpret_cast requires restrict
return short signed sizeof static static_assert static_cast struct switch
synchronized template this thread_local throw true try typedef typeid
typename typeof typeof_unqual union unsigned using virtual void volatile
wchar_t while xor xor_eq _Bool _Complex _Imaginary _Alignas _Atomic _Generic
_Noreturn _Static_assert _Thread_local _BitInt _Decimal32 __func__
__LINE__ __FILE__ __DATE__ __STDC__ __cplusplus __attribute__ defined
unix linux i386 __unix__ vax sun mips arm ppc
NULL EOF errno assert stdin stdout stderr offsetof setjmp va_arg va_copy
va_end va_start va_list I complex INFINITY NAN HUGE_VAL HUGE_VALF isnan isinf
isfinite isnormal signbit fpclassify isgreater isless isunordered FP_NAN
MATH_ERRNO math_errhandling EDOM ERANGE EILSEQ EINTR ENOENT INT_MAX INT_MIN
CHAR_BIT LONG_MAX ULONG_MAX SCHAR_MIN DBL_MAX DBL_EPSILON FLT_MAX FLT_RADIX
LDBL_DIG DECIMAL_DIG INT8_MAX INT32_MAX INT64_MIN UINT8_MAX UINT64_MAX
SIZE_MAX PTRDIFF_MAX WCHAR_MAX WINT_MIN SIG_ATOMIC_MAX INT8_C UINT64_C
INTMAX_C PRId64 PRIu32 SCNd64 BUFSIZ FILENAME_MAX FOPEN_MAX L_tmpnam SEEK_SET
SEEK_CUR SEEK_END TMP_MAX EXIT_SUCCESS EXIT_FAILURE RAND_MAX MB_CUR_MAX
MB_LEN_MAX CLOCKS_PER_SEC LC_ALL LC_TIME SIGINT SIGTERM SIG_DFL SIG_ERR
SIG_IGN SIGABRT FE_ALL_EXCEPT FE_TONEAREST M_PI M_E TRUE FALSE min max
size_t ptrdiff_t int8_t int32_t int64_t uint8_t uint64_t intptr_t time_t
clock_t FILE fpos_t div_t ldiv_t jmp_buf sig_atomic_t wint_t max_align_t tm
lconv main abort abs acos atan2 atexit atof bsearch calloc ceil clock cos
ctime difftime div exit exp fclose floor fmod fopen fprintf fread free
frexp getc getchar getenv gets gmtime index isalpha j0 j1 y0 yn jn
gamma labs ldexp localtime log log10 longjmp malloc memcmp memcpy memset
mktime modf perror pow printf putc puts qsort raise rand realloc remove
rename rewind rindex round scanf signal sin sprintf sqrt srand strcat strchr
strcmp strcpy strlen strncpy strstr strtol system tan time tmpfile tolower
toupper ungetc vprintf read write open close link unlink select socket
surreal surreal_result surreal_status SURREAL_OK SURREAL_H srl_arena
std string vector row rows out db v i id key text number status vars where
count from to set_ mark_ null_ self other value near far'
words=$(printf '%s\n' $words | sort -u)

awk_names() { printf '%s\n' $words | awk "$1"; }
# The server cannot have a column of these; as a member it can.
poison='^(alter|break|continue|create|define|delete|explain|false|for|function|if
|info|insert|let|none|null|rebuild|relate|remove|return|select|sleep|throw|true
|update|upsert)$'
poison=$(printf '%s' "$poison" | tr -d '\n')
printf '%s\n' $words | grep -Evi "$poison" | awk '
    BEGIN { print "model holder {" }
    $0 != "id" {
        printf "  `%s` %s;\n", $0, NR % 3 ? "option<int>" : "string" }
    END { print "}" }' > columns.sg
made "taken names as columns" columns.sg cols
awk_names '{ printf "model `%s` { x option<int>; y record<`%s`>; }\n", $0,
    $0 }' > tables.sg
made "taken names as tables" tables.sg
made "taken names as tables, with a prefix" tables.sg pre
awk_names 'BEGIN { printf "DEFINE FIELD f ON m TYPE " }
    { printf "%s\"%s\"", (NR > 1 ? " | " : ""), $0 } END { print ";" }' \
    > literals.surql
made "taken names as literals" literals.surql lits
awk_names 'BEGIN { print "model m {" }
    { printf "  f%d { `%s`: int, b: option<string> };\n", NR, $0 }
    END { print "}" }' > members.sg
made "taken names as members of objects" members.sg mems
# Bare words where the language takes only such.
bare=$(printf '%s\n' $words | grep '^[A-Za-z_][A-Za-z0-9_]*$')
printf '%s\n' $bare | awk 'BEGIN { print "enum kind : string {" }
    { printf "%s  %s", (NR > 1 ? ",\n" : ""), $0 }
    END { print "\n}\nmodel m { k kind; }" }' > bare.sg
made "taken names as variants" bare.sg vars
printf '%s\n' $bare | awk '
    { printf "DEFINE FUNCTION fn::f%d($%s: int) { RETURN $%s; };\n", NR, $0,
          $0 }' > params.surql
made "taken names as parameters" params.surql pars
printf '%s\n' $bare | awk '
    { printf "DEFINE FUNCTION fn::%s() { RETURN 1; };\n", $0 }' \
    > functions.surql
made "taken names as functions" functions.surql funs

# Tables called like what is generated, alone and beside the table it is for.
ends='id row rows model id_str id_int id_uuid get all find count create insert
merge replace upsert delete relate set has clear null print equal copy check
to_json items field bits fields pool subs required name parse size enum
unknown live each query call signup signin changed mark sub'
for end in $ends; do
    printf 'model `%s` { x int; }\nmodel `a_%s` { x int; }\n' "$end" "$end"
done > verbs.sg
cat >> verbs.sg <<'END'
model a { id int; get int; set_x option<int>; x option<int>; null_y int;
  y int | null; items array<{ z: int }>; items_items array<int>;
  kind 'unknown' | 'a' | 'b'; kind_name string; }
model a_set_x { y int; }
model a_kind { z int; }
model a_items_items { z array<array<int>>; }
edge e from a to a_id { x int; }
edge e_relate from e to e { y int; }
END
made "tables named like what is generated" verbs.sg
made "the same with a prefix" verbs.sg a

# What functions call their parameters, as tables, edges, queries and access
# methods of their own, without a prefix.
{
    for name in a b buf cap owner s len same key1 key2 text timeout_ms \
        password event change after n err arg args fn opt live vars where; do
        cat <<END
model \`$name\` { x int; link record<\`$name\`>; hash string @encrypt(argon2);
  y 'p' | int; t { k: int }; one string; two string;
  unique u (one, two); unique v (x); }
edge \`e_$name\` from \`$name\` to \`$name\` { }
query q_$name(\$$name: option<record<\`$name\`>>) -> many \`$name\` {
  SELECT * FROM \`$name\` WHERE link = \$$name; }
query l_$name() -> live \`$name\` { LIVE SELECT * FROM \`$name\`; }
query c_$name() -> each \`$name\` { SELECT * FROM \`$name\`; }
END
    done
} > params.sg
made "tables named like parameters" params.sg

# ---- extremes -------------------------------------------------------------

awk 'BEGIN { print "model wide {"; for (i = 0; i < 4096; i++)
    printf "  c%d option<int>;\n", i; print "}" }' > wide.sg
made "a table of 4,096 columns" wide.sg wide
for len in 63 64 255 256 4000; do
    name=$(awk -v N="$len" 'BEGIN { while (N-- > 0) printf "n" }')
    printf 'model `%s` { `%s` int; `%sx` %s; }\nenum e%s : string { %s }\n' \
        "$name" "$name" "$name" "e$name" "$name" "$name" > long.sg
    made "names of $len characters" long.sg
done
printf 'model `日本` { `名前` string; `%%s%%n` int; `"*/` int; `\\\\` int; }\n' \
    > odd.sg
made "names of other characters" odd.sg odd

echo "golden/names: $passed passed, $failed failed"
[ $failed -eq 0 ]
