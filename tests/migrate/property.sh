#!/bin/sh
# tests/migrate/property.sh BIN: random pairs of schemas on real servers.
#
# See property.mjs for what is checked, and for the variables that set the seed
# and how many pairs there are.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
: "${PROPERTY_SEED:=1}"
export PROPERTY_SEED
on_both "$@"
node "$here/property.mjs" "$bin" "$tmp"
