#!/bin/sh
# Installs what the test engine needs, once, and again when the lock changes.
set -eu
cd "$(dirname "$0")"

need_node='needs Node 18 or newer with npm: sudo apt-get install -y nodejs npm'
stamp=node_modules/.surreal-h-stamp

missing=
for tool in node npm; do
    command -v "$tool" >/dev/null 2>&1 || missing="$missing $tool"
done
if [ -n "$missing" ]; then
    echo "tests/engine: missing:$missing; $need_node" >&2
    exit 1
fi

version=$(node -p process.versions.node)
if [ "${version%%.*}" -lt 18 ]; then
    echo "tests/engine: node is $version; $need_node" >&2
    exit 1
fi

if cmp -s package-lock.json "$stamp" 2>/dev/null; then
    exit 0
fi

echo 'tests/engine: installing the SurrealDB engines (npm ci, 320 MB on disk)'
npm ci --no-audit --no-fund --loglevel=error >/dev/null

# See native.mjs. Only the 2.x engine on an older glibc needs it, and without
# a compiler that one says so when it starts; the 3.x engine works anyway.
if [ "$(uname -s)" = Linux ] && command -v cc >/dev/null 2>&1; then
    cc -O1 -shared -fPIC -o node_modules/glibc238.node glibc238.c
fi
cp package-lock.json "$stamp"
