#!/bin/sh
# Runs fuzz targets one after the other.
#
#   FUZZ_SECONDS=60 tests/fuzz/run.sh build/fuzz/fuzz_cbor ...
#
# Each starts from the seeds of tests/fuzz/corpus/NAME, from those of other
# projects if they are there (tests/vectors.h says where; only read), and from
# what earlier runs found (build/fuzz/corpus/NAME). A crash leaves its input in
# build/fuzz/crash-NAME-* and its reason on the screen.
set -u
cd "$(dirname "$0")/../.." || exit 1
seconds=${FUZZ_SECONDS:-60}
others=${SURREAL_TEST_VECTORS:-../shared/vectors}/boringssl_fuzz_seed
passed=0 failed=0

# Folders of other projects' seeds for a target.
outside()
{
    case $1 in
    fuzz_der) set -- der_roundtrip_corpus spki_corpus ;;
    fuzz_cert) set -- cert_corpus parse_certificate_fuzzer_corpus ;;
    fuzz_pem) set -- read_pem_corpus ;;
    *) set -- ;;
    esac
    for folder in "$@"; do
        [ -d "$others/$folder" ] && echo "$others/$folder"
    done
}

for target in "$@"; do
    name=$(basename "$target")
    found=build/fuzz/corpus/$name
    seeds=tests/fuzz/corpus/${name#fuzz_}
    [ -d "$seeds" ] || seeds=
    seeds="$seeds $(outside "$name")"
    mkdir -p "$found"
    printf '%s: %s s ... ' "$name" "$seconds"
    # shellcheck disable=SC2086
    if "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
        -max_len=65536 -artifact_prefix="build/fuzz/crash-$name-" \
        "$found" $seeds > "build/fuzz/$name.log" 2>&1; then
        grep -E 'DONE|Done' "build/fuzz/$name.log" | tail -n 1
        passed=$((passed + 1))
    else
        echo 'FAILED'
        tail -n 30 "build/fuzz/$name.log"
        failed=$((failed + 1))
    fi
done
echo "fuzz: $passed passed, $failed failed"
[ $failed -eq 0 ]
