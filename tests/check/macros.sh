#!/bin/sh
# surreal.h defines macros called SURREAL_... or SRL_... only, besides those of
# the system headers it includes and the one feature-test macro it may set.
set -u
cd "$(dirname "$0")/../.." || exit 1
bad=$(grep -nE '^[ \t]*#[ \t]*define[ \t]' surreal.h |
      grep -vE '#[ \t]*define[ \t]+(SURREAL_|SRL_|_POSIX_C_SOURCE )')
if [ -z "$bad" ] && [ "$(grep -c '# *define' surreal.h)" -gt 50 ]; then
    echo 'check-macros: 1 passed, 0 failed'
    exit 0
fi
echo 'macros without the prefix SURREAL_ or SRL_:'
echo "$bad"
echo 'check-macros: 0 passed, 1 failed'
exit 1
