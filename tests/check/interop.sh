#!/bin/sh
# The bundled TLS against servers of others, and its verdicts on certificates
# beside OpenSSL's (tests/interop).
#
#   DIFF_TRIALS=100000 DIFF_SEED=7 sh tests/check/interop.sh
set -u
cd "$(dirname "$0")/../.." || exit 1
mkdir -p build/interop
log=build/interop/log
passed=0 failed=0 skipped=0

# The number before a word in a line.
number()
{
    echo "$1" | awk -v W="$2" '{ for (i = 2; i <= NF; i++)
        if (index($i, W) == 1) n = $(i - 1) } END { print n + 0 }'
}

add()
{
    "$@" > $log 2>&1
    code=$?
    line=$(grep -E '^[a-z]*: [0-9]+ passed, [0-9]+ failed' $log | tail -n 1)
    f=$(number "$line" failed)
    if [ $code -ne 0 ] || [ "$f" -ne 0 ] || [ -z "$line" ]; then
        cat $log
        [ "$f" -gt 0 ] || f=1
    else
        grep '^skipped' $log
    fi
    passed=$((passed + $(number "$line" passed))) failed=$((failed + f))
    skipped=$((skipped + $(number "$line" skipped)))
}

add sh tests/interop/run.sh
if echo '#include <openssl/x509_vfy.h>' | ${CC:-cc} -E - > /dev/null 2>&1
then
    if ${CC:-cc} -std=c99 -O1 -g -fsanitize=address,undefined \
        -fno-sanitize-recover=all -I. tests/interop/diff.c \
        -o build/interop/diff -lcrypto
    then
        add build/interop/diff "${DIFF_TRIALS:-2000}" "${DIFF_SEED:-1}"
    else
        failed=$((failed + 1))
    fi
else
    echo "skipped: no OpenSSL to compare with (apt-get install libssl-dev)"
    skipped=$((skipped + 1))
fi
echo "check-interop: $passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
