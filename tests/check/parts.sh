#!/bin/sh
# Each part compiles alone against its layer's header: a part that uses what
# its layer may not see does not. The folders of surrealgen include what
# CONTRIBUTING.md lets them, and those that are text in, text out do not touch
# the world.
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

# What a folder of surrealgen may include besides its own headers.
gen_allowed()
{
    case $1 in
    schema) echo gen.h ;;
    surql) echo gen.h ;;
    fmt) echo gen.h schema/front.h ;;
    emit) echo gen.h fmt/fmt.h surql/surql.h ;;
    cli) echo gen.h schema/front.h fmt/diff.h db/db.h migrate/stamp.h ;;
    db) echo gen.h schema/front.h fmt/fmt.h cli/options.h surreal.h ;;
    migrate) echo gen.h schema/front.h fmt/diff.h fmt/fmt.h cli/json.h \
        cli/env.h cli/options.h cli/outputs.h cli/walk.h db/db.h emit/emit.h \
        surql/surql.h surreal.h ;;
    .) echo gen.h cli/config.h ;;
    *) echo "$1 is no folder of gen_allowed() in tests/check/parts.sh" >&2 ;;
    esac
}

# arena.c takes memory and ends the program when there is none;
# gen_source.read() gives include.c what it has to free.
world='fopen|fdopen|freopen|open|opendir|stat|lstat|getenv|system|popen'
world="$world|socket|time|clock|rename|remove|unlink|printf|fprintf|vprintf"
world="$world|puts|fputs|fwrite|putchar|exit|abort|malloc|calloc|realloc|free"
for f in surrealgen/*.[ch] surrealgen/*/*.[ch]; do
    folder=$(basename "$(dirname "$f")")
    [ "$folder" != surrealgen ] || folder=.
    may=" $(gen_allowed "$folder") "
    ok=1
    for inc in $(sed -n 's/^# *include "\(.*\)"$/\1/p' "$f"); do
        path=${inc##*../}
        case $inc in
        */*) ;;
        *) [ ! -e "surrealgen/$folder/$inc" ] || continue ;;
        esac
        case $may in
        *" $path "*) ;;
        *) echo "$f: $folder may not see $path"; ok=0 ;;
        esac
    done
    case $folder/$f in
    *arena.c | *include.c | *lex.c) ;;
    schema/*.c | surql/*.c | fmt/*.c | emit/*.c)
        if grep -nE "(^|[^a-zA-Z0-9_.>\"])($world)\(" "$f" |
            grep -v '^[0-9]*: *"'; then
            echo "$f: only cli/ and db/ may"
            ok=0
        fi ;;
    esac
    [ $ok -eq 1 ] && passed=$((passed + 1)) || failed=$((failed + 1))
done
echo "check-parts: $passed passed, $failed failed"
[ $failed -eq 0 ]
