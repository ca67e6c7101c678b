#!/bin/sh
# The pool's tests under ThreadSanitizer. POOL_SECONDS (5) is how long eight
# threads hammer one pool:
#
#   make check-threads POOL_SECONDS=60
set -u
cd "$(dirname "$0")/../.." || exit 1
mkdir -p build/check
export POOL_SECONDS="${POOL_SECONDS:-5}"
export TSAN_OPTIONS="halt_on_error=1 second_deadlock_stack=1"

echo 'int main(void) { return 0; }' > build/check/tsan.c
if ! ${CC:-cc} -fsanitize=thread build/check/tsan.c -o build/check/tsan \
    2> /dev/null || ! build/check/tsan; then
    echo 'skipped: no ThreadSanitizer on this machine'
    echo 'check-threads: 0 passed, 0 failed, 1 skipped'
    exit 0
fi
${CC:-cc} -std=c99 -O1 -g -fsanitize=thread -DSURREAL_DEV_LINES -I. \
    tests/fault/test_pool.c -o build/check/pool_tsan -lm -lpthread || exit 1
build/check/pool_tsan > build/check/threads.log 2>&1
code=$?
cat build/check/threads.log
line=$(tail -n 1 build/check/threads.log)
case $line in
pool_tsan:*) echo "check-threads:${line#pool_tsan:}" ;;
*) echo 'check-threads: 0 passed, 1 failed' ;;
esac
exit $code
