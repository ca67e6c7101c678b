#!/bin/sh
# Each part compiles alone against its layer's header: a part that uses what
# its layer may not see does not.
set -u
cd "$(dirname "$0")/../.." || exit 1
passed=0 failed=0
warn='-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wundef
      -Wstrict-prototypes -Wmissing-prototypes -Werror'

# What a layer header may include, by layer: the picture of CONTRIBUTING.md.
allowed()
{
    case $1 in
    base) (cd src && echo api/*.h) ;;
    os) echo base/base.h ;;
    crypto) echo base/base.h ;;
    x509) echo crypto/crypto.h ;;
    tls) echo x509/x509.h ;;
    http) echo crypto/crypto.h ;;
    ws) echo base/base.h ;;
    cbor) echo base/base.h ;;
    value) echo cbor/cbor.h ;;
    rpc) echo value/value.h ;;
    client) echo 'os/os.h tls/tls.h http/http.h ws/ws.h' \
                 'rpc/rpc.h client/wire.h' ;;
    model) echo 'value/value.h client/client.h' ;;
    migrate) echo client/client.h ;;
    esac
}

for part in $(grep '\.c$' src/PARTS); do
    layer=${part%%/*}
    bad=$(grep '^# *include "' "src/$part" | grep -v "\"$layer/$layer.h\"")
    if [ "$bad" ]; then
        echo "src/$part: includes more than $layer/$layer.h: $bad"
        failed=$((failed + 1))
        continue
    fi
    # shellcheck disable=SC2086
    if ${CC:-cc} -std=c99 $warn -DSRL_PARTS -Isrc -fsyntax-only "src/$part"
    then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
done
for header in src/*/*.h; do
    layer=$(basename "$(dirname "$header")")
    [ "$layer" != api ] || continue
    ok=1
    for inc in $(sed -n 's/^# *include "\(.*\)"$/\1/p' "$header"); do
        case " $(allowed "$layer") " in
        *" $inc "*) ;;
        *) echo "$header: $layer may not see $inc"; ok=0 ;;
        esac
    done
    [ $ok -eq 1 ] && passed=$((passed + 1)) || failed=$((failed + 1))
done
echo "check-parts: $passed passed, $failed failed"
[ $failed -eq 0 ]
