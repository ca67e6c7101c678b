#!/bin/sh
# Secrets decide no branch and no address (tests/ct/ct.c under valgrind), as
# each compiler makes it of the same source at each optimisation, with the
# words of the CPU and with the portable ones.
#
#   CT_OPT='-O2' sh tests/check/ct.sh    one optimisation only
set -u
cd "$(dirname "$0")/../.." || exit 1
ccs=${1:-gcc clang}
out=build/check/ct
passed=0 failed=0 skipped=0
opts=${CT_OPT:--O1 -O2 -O3}

if ! command -v valgrind > /dev/null; then
    echo 'skipped: no valgrind on this machine (apt-get install valgrind)'
    echo 'check-ct: 0 passed, 0 failed, 1 skipped'
    exit 0
fi

# The two compilers at the same time, each with a folder of its own.
if [ $# -eq 0 ]; then
    mkdir -p $out
    for cc in $ccs; do
        sh tests/check/ct.sh $cc > $out/$cc.out 2>&1 &
    done
    wait
    grep -hv '^check-ct' $out/*.out
    sed -n 's/^check-ct: //p' $out/*.out |
        awk '{ p += $1; f += $3; s += $5 }
             END { if (NR != 2) f++
                   printf "check-ct: %d passed, %d failed, %d skipped\n", p,
                       f, s
                   exit f > 0 }'
    exit
fi
out=$out/$1
mkdir -p $out

# The number before a word in a line.
number()
{
    echo "$1" | awk -v W="$2" '{ for (i = 2; i <= NF; i++)
        if (index($i, W) == 1) n = $(i - 1) } END { print n + 0 }'
}

# One build: name, compiler, flags.
one()
{
    name=$1
    shift
    if ! "$@" -std=gnu99 -gdwarf-4 -w -DSURREAL_STATIC -I. tests/ct/ct.c \
        -o $out/ct -lm -lpthread
    then
        echo "FAILED: $name does not compile"
        failed=$((failed + 1))
        return
    fi
    valgrind -q --error-limit=no --log-file=$out/valgrind.log $out/ct \
        > $out/ct.log 2>&1
    line=$(grep '^ct: [0-9]* passed' $out/ct.log)
    if [ -z "$line" ]; then
        echo "FAILED: $name ended early"
        tail -n 20 $out/ct.log $out/valgrind.log
        failed=$((failed + 1))
        return
    fi
    f=$(number "$line" failed)
    if [ "$f" -ne 0 ]; then
        echo "$name:"
        cat $out/ct.log
        # The controls come first; what is behind them is what leaks.
        grep -v -e 'ct_leak_' $out/valgrind.log | grep -A 4 -e 'depends on' \
            -e 'Use of uninit' | head -n 40
    fi
    passed=$((passed + $(number "$line" passed)))
    failed=$((failed + f))
}

for cc in $ccs; do
    if ! command -v $cc > /dev/null; then
        echo "skipped: no $cc on this machine"
        skipped=$((skipped + 1))
        continue
    fi
    for opt in $opts; do
        one "$cc $opt" $cc "$opt"
        one "$cc $opt, portable" $cc "$opt" -DSURREAL_NO_SIMD -DSURREAL_NO_INT128
    done
done
if [ $skipped -gt 0 ]; then
    echo "check-ct: $passed passed, $failed failed, $skipped skipped"
else
    echo "check-ct: $passed passed, $failed failed"
fi
[ $failed -eq 0 ]
