#!/bin/sh
# The RUSTC_WRAPPER of build.sh: surrealdb-server 3.0.5 is nested deeper than
# rustc's default limit, and a published crate cannot be given the attribute
# that raises it in any other way. RUSTC_BOOTSTRAP admits -Z to this one call.
case " $* " in
*' --crate-name surrealdb_server '*)
    RUSTC_BOOTSTRAP=1 exec "$@" '-Zcrate-attr=recursion_limit="512"'
esac
exec "$@"
