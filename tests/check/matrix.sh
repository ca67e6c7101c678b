#!/bin/sh
# surreal.h compiles without a warning in every way it promises to, and two
# translation units that include it link.
set -u
cd "$(dirname "$0")/../.." || exit 1
mkdir -p build/check

# The two families of compilers at the same time, each in a shell and with
# files of its own: build/check/FAMILY.
if [ $# -eq 0 ]; then
    sh tests/check/matrix.sh gnu > build/check/gnu.log 2>&1 &
    sh tests/check/matrix.sh llvm > build/check/llvm.log 2>&1
    wait $!
    grep -hv '^check-matrix' build/check/gnu.log build/check/llvm.log
    sed -n 's/^check-matrix: //p' build/check/gnu.log build/check/llvm.log |
        awk '{ p += $1; f += $3; s += $5 }
             END { if (NR != 2) f++
                   printf "check-matrix: %d passed, %d failed, %d skipped\n",
                       p, f, s
                   exit f > 0 }'
    exit
fi
family=$1
out=build/check/$family
mkdir -p "$out"
case $family in
gnu) ccs=gcc cxxs=g++ ;;
*) ccs=clang cxxs=clang++ ;;
esac
passed=0 failed=0 skipped=0
warn='-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wundef -Werror'
cwarn='-Wstrict-prototypes -Wmissing-prototypes'

try()
{
    if "$@"; then
        passed=$((passed + 1))
    else
        echo "FAILED: $*"
        failed=$((failed + 1))
    fi
}

have()
{
    command -v "$1" > /dev/null && return 0
    echo "skipped: no $1 on this machine"
    skipped=$((skipped + 1))
    return 1
}

# shellcheck disable=SC2086
for cc in $ccs; do
    have $cc || continue
    for std in c99 c11; do
        for opt in -O0 -O2; do
            try $cc -std=$std $opt $warn $cwarn -I. -c tests/compile/whole.c \
                -o $out/whole.o
        done
    done
    try $cc -std=gnu11 $warn $cwarn -I. -c tests/compile/whole.c \
        -o $out/whole.o
    try $cc -std=c99 -DNDEBUG -O2 $warn $cwarn -I. -c tests/compile/whole.c \
        -o $out/whole.o
    try $cc -std=c99 -O3 $warn $cwarn -I. -c tests/compile/whole.c \
        -o $out/whole.o
    try $cc -std=c99 -DSURREAL_DEV_LINES $warn $cwarn -I. -c \
        tests/compile/whole.c -o $out/whole.o
    try $cc -std=c99 -DSURREAL_NO_THREADS $warn $cwarn -I. -c \
        tests/compile/whole.c -o $out/whole.o
    for macro in SURREAL_NO_TLS SURREAL_NO_SIMD SURREAL_NO_INT128 \
        SURREAL_TLS_KEYLOG; do
        try $cc -std=c99 -D$macro $warn $cwarn -I. -c tests/compile/whole.c \
            -o $out/whole.o
    done
    try $cc -std=c99 -Os -DSURREAL_NO_SIMD -DSURREAL_NO_INT128 \
        -DSURREAL_TLS_KEYLOG $warn $cwarn -I. -c tests/compile/whole.c \
        -o $out/whole.o
    try $cc -std=c99 $warn $cwarn -I. tests/compile/unit_a.c \
        tests/compile/unit_b.c -o $out/two_units
    try $out/two_units
    try $cc -std=c99 $warn $cwarn -I. tests/compile/static_a.c \
        tests/compile/static_b.c -o $out/two_statics
    try $out/two_statics
    for opt in -O0 -O2; do
        try $cc -std=c99 $opt $warn $cwarn -I. tests/compile/functions.c \
            -o $out/functions
    done
    try $out/functions
    try $cc -std=c99 -DSURREAL_STATIC $warn $cwarn -I. -c \
        tests/compile/functions.c -o $out/functions.o
done
# shellcheck disable=SC2086
for cxx in $cxxs; do
    have $cxx || continue
    for std in c++11 c++17; do
        try $cxx -std=$std $warn -I. -c tests/compile/whole.cc \
            -o $out/whole_cxx.o
    done
    for macro in SURREAL_NO_TLS SURREAL_NO_SIMD SURREAL_NO_INT128 \
        SURREAL_TLS_KEYLOG; do
        try $cxx -std=c++11 -D$macro $warn -I. -c tests/compile/whole.cc \
            -o $out/whole_cxx.o
    done
    try $cxx -std=c++11 $warn -I. tests/compile/program.cc \
        -o $out/program_cxx
    try $out/program_cxx
    try $cxx -std=c++11 $warn -I. tests/compile/functions.cc \
        -o $out/functions_cxx
    try $out/functions_cxx
done
if [ $family = llvm ] && have tcc; then
    try tcc -std=c99 -Wall -I. -c tests/compile/whole.c \
        -o $out/whole_tcc.o
    try tcc -std=c99 -Wall -DSURREAL_NO_TLS -I. -c tests/compile/whole.c \
        -o $out/whole_tcc.o
fi
if [ $family = gnu ]; then
    # Debian keeps a few headers of both in the folder of one of them.
    m32='-m32'
    [ -e /usr/include/asm ] || m32="-m32 -I/usr/include/$(gcc -print-multiarch)"
    # shellcheck disable=SC2086
    if printf '#include <errno.h>\nint main(void){return 0;}' |
        gcc $m32 -x c - -o $out/m32 2> /dev/null; then
        # shellcheck disable=SC2086
        for macro in SURREAL_NO_TLS SURREAL_NO_SIMD; do
            # shellcheck disable=SC2086
            try gcc $m32 -std=c99 -O2 -D$macro $warn $cwarn -I. -c \
                tests/compile/whole.c -o $out/m32.o
        done
        # shellcheck disable=SC2086
        try gcc $m32 -std=c99 $warn $cwarn -I. tests/compile/unit_a.c \
            tests/compile/unit_b.c -o $out/m32
        try $out/m32
    else
        echo 'skipped: no 32-bit C library on this machine'
        skipped=$((skipped + 1))
    fi
fi
echo "check-matrix: $passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
