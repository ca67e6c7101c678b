#!/bin/sh
# Builds the real SurrealDB server from its published crates, by hand and once:
# `make server`. A quarter of an hour on two cores, 1.3 GB below build/server.
set -eu
cd "$(dirname "$0")"
here=$(pwd)
target=$(cd ../../.. && pwd)/build/server

if ! command -v cargo > /dev/null 2>&1; then
    echo 'make server: needs cargo and a recent rustc (1.95 does):' \
        'https://rustup.rs' >&2
    exit 1
fi
echo "make server: $(cargo --version), $(grep -c '^name = ' Cargo.lock)" \
    'crates; the last three take longest'

# The server's crates ask for this flag; they make no promises to others.
RUSTFLAGS='--cfg surrealdb_unstable' RUSTC_WRAPPER=$here/rustc.sh \
CARGO_TARGET_DIR=$target \
    nice -n 15 cargo build --release --locked ${JOBS:+-j "$JOBS"}

echo "make server: $target/release/surreal" \
    "$("$target/release/surreal" version)"
