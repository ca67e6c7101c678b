#!/bin/sh
# Every figure beside its peer, measured in the same run.
#
#   make bench
#
# Ratios are medians of runs that take turns, because machines drift. The
# peers are libcbor (Debian libcbor-dev) and the official JavaScript SDK.
set -u
cd "$(dirname "$0")/../.." || exit 1
out=build/bench
mkdir -p $out
cc=${CC:-cc}
rounds=${BENCH_ROUNDS:-5}
requests=${BENCH_REQUESTS:-10000}

echo "== CBOR to structs and back"
libcbor=
if echo '#include <cbor.h>' | $cc -E - > /dev/null 2>&1; then
    libcbor='-DHAVE_LIBCBOR -lcbor'
else
    echo "skipped: no libcbor beside it (apt-get install libcbor-dev)"
fi
# shellcheck disable=SC2086
$cc -std=c99 -O2 -I. tests/bench/bench_codec.c -o $out/bench_codec \
    $libcbor -lm && $out/bench_codec || exit 1
echo
# shellcheck disable=SC2086
$cc -std=c99 -O2 -I. tests/bench/bench_models.c -o $out/bench_models \
    $libcbor -lm && $out/bench_models || exit 1

echo
echo "== A typed query, beside the same call by hand"
$cc -std=c99 -O2 -I. tests/bench/bench_typed.c -o $out/bench_typed -lm &&
    $out/bench_typed || exit 1

echo
echo "== Schemas to C"
sh tests/bench/schema.sh || exit 1

echo
echo "== Migrations"
sh tests/bench/migrate.sh || exit 1

echo
echo "== Drift"
sh tests/bench/drift.sh || exit 1

echo
echo "== WebSocket masking"
$cc -std=c99 -O2 -I. tests/bench/bench_mask.c -o $out/bench_mask &&
    $out/bench_mask || exit 1

echo
echo "== Cryptography and TLS, beside the system's OpenSSL"
if echo '#include <openssl/evp.h>' | $cc -E - > /dev/null 2>&1; then
    $cc -std=c99 -O2 -I. tests/bench/bench_crypto.c -o $out/bench_crypto \
        -lcrypto && $cc -std=c99 -O2 -I. tests/bench/bench_handshake.c \
        -o $out/bench_handshake -lssl -lcrypto || exit 1
    $out/bench_crypto
    echo
    echo "plain C, beside OpenSSL without what the CPU has:"
    OPENSSL_ia32cap=0:0 $out/bench_crypto plain
    echo
    $out/bench_handshake
else
    echo "skipped: no OpenSSL beside it (apt-get install libssl-dev)"
fi
# What the bundled TLS adds to a program that is built to be small.
for macro in SURREAL_NO_TLS SURREAL_TLS; do
    $cc -std=c99 -Os -DNDEBUG -D$macro -DSURREAL_IMPLEMENTATION -I. -x c -c \
        surreal.h -o $out/size.o || exit 1
    size $out/size.o | awk 'NR == 2 { print $1 }'
done | awk '{ v[NR] = $1 }
    END { kib = (v[2] - v[1]) / 1024
          printf "text of the bundled TLS at -Os: %.1f KiB  <= 120 %s\n", kib,
              kib <= 120 ? "" : "MISSED" }' || exit 1

echo
echo "== A thousand idle connections, and allocations of a request"
$cc -std=c99 -O2 -I. tests/bench/bench_idle.c -o $out/bench_idle -lm || exit 1
$out/bench_idle > $out/idle.txt || { cat $out/idle.txt; exit 1; }
awk '{ v[$1] = $2 }
    END { printf "%d connections hold %.1f MiB of heap, %.1f MiB resident: ",
              v["idle_connections"], v["idle_heap"] / 1048576,
              v["idle_rss"] / 1048576
          printf "%.1f KiB each\n", v["idle_heap_each"] / 1024
          printf "a request allocates %.2f times with a result, %.2f without\n",
              v["allocations_per_request"], v["allocations_without_out"]
    }' $out/idle.txt

echo
echo "== The client alone: queries against a responder in memory"
$cc -std=c99 -O2 -I. tests/bench/bench_requests.c -o $out/bench_requests &&
    $out/bench_requests || exit 1

echo
echo "== A request, client side ($requests requests, $rounds rounds," \
    "SurrealDB 3 engine)"
$cc -std=c99 -O2 -I. tests/bench/bench_client.c -o $out/bench_client || exit 1
cat > $out/rounds.sh <<'END'
i=0
while [ $i -lt "$ROUNDS" ]; do
    build/bench/bench_client "$SURREAL_TEST_URL" "$SURREAL_TEST_USER" \
        "$SURREAL_TEST_PASS" "$REQUESTS" | sed 's/^/c /'
    node tests/bench/bench_sdk.mjs "$SURREAL_TEST_URL" "$SURREAL_TEST_USER" \
        "$SURREAL_TEST_PASS" "$REQUESTS" | sed 's/^/sdk /'
    i=$((i + 1))
done
END
ROUNDS=$rounds REQUESTS=$requests \
    sh tests/engine/with.sh 3 sh $out/rounds.sh > $out/client.txt || exit 1
sort -k1,2 -k3n $out/client.txt | awk '
    { key = $1 " " $2; n[key]++; cpu[key, n[key]] = $3; wall[key, n[key]] = $4 }
    function mid(a, key) { return a[key, int((n[key] + 1) / 2)] }
    function line(what,   c, s) {
        c = mid(cpu, "c " what); s = mid(cpu, "sdk " what)
        printf "%-12s %10.2f %14.2f %10.3f %10.2f %14.2f\n", what, c, s, c / s,
            mid(wall, "c " what), mid(wall, "sdk " what)
    }
    END {
        printf "%-12s %10s %14s %10s %10s %14s\n", "", "cpu us", "SDK cpu us",
            "ratio", "wall us", "SDK wall us"
        line("sequential"); line("pipelined")
        printf "\nidle connection  %d bytes\n", mid(cpu, "c idle_bytes")
        printf "a result         %.2f x its bytes on the wire\n",
            mid(cpu, "c result_ratio")
    }'

echo
echo "== A live event, client side ($requests events)"
$cc -std=c99 -O2 -I. tests/bench/bench_live.c -o $out/bench_live || exit 1
cat > $out/live.sh <<'END'
build/bench/bench_live "$EVENTS"
build/bench/bench_live "$EVENTS" "$SURREAL_TEST_URL" "$SURREAL_TEST_USER" \
    "$SURREAL_TEST_PASS"
END
EVENTS=$requests sh tests/engine/with.sh 3 sh $out/live.sh > $out/live.txt ||
    exit 1
awk 'BEGIN { printf "%-16s %10s %10s %6s\n", "", "cpu us", "wall us", "lost" }
     { printf "%-16s %10.2f %10.2f %6d\n", $1, $2, $3, $5 }' $out/live.txt

echo
echo "== Migrations, beside their statements in plain transactions"
$cc -std=c99 -O2 -I. tests/bench/bench_migrate.c -o $out/bench_migrate -lm ||
    exit 1
for version in 3 2; do
    printf 'SurrealDB %s: ' $version
    sh tests/engine/with.sh $version $out/bench_migrate "$rounds" || exit 1
done
