#!/bin/sh
# tests/migrate/property.sh BIN: random pairs of schemas on real servers.
#
# See property.mjs for what is checked, and for the variables that set the seed
# and how many pairs there are.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
# Without a seed of the caller's: always the same ones, and with them those that
# found something once.
if [ -z "${PROPERTY_SEED:-}" ]; then
    PROPERTY_SEED=1
    PROPERTY_ALSO='114 174 225 251 255 274 283 431 446 459 557 610 693 1009 1020 1044'
fi
export PROPERTY_SEED PROPERTY_ALSO="${PROPERTY_ALSO:-}"
on_both "$@"
node "$here/property.mjs" "$bin" "$tmp"
