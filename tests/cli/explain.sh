#!/bin/sh
# tests/cli/explain.sh BIN: every code has a page, and the example of every
# page, run as the page says, has that very code. Some need a server, which
# stands at port 8000 in them: that of tests/engine/with.sh here.
set -u
bin=$1
case $bin in /*) ;; *) bin=$PWD/$bin ;; esac
here=$(cd "$(dirname "$0")" && pwd)
[ "${SURREAL_TEST_URL:-}" ] ||
    exec sh "$here/../engine/with.sh" 3 sh "$0" "$bin"
export SURREAL_NAMESPACE=main SURREAL_DATABASE=main
export SURREAL_USERNAME="$SURREAL_TEST_USER"
export SURREAL_PASSWORD="$SURREAL_TEST_PASS"
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
passed=0
failed=0
mkdir "$tmp/bin"
ln -s "$bin" "$tmp/bin/surrealgen"
PATH=$tmp/bin:$PATH

# A code that is missing here would hide its page: the table is the measure.
codes=$(grep -o '^ *X(SG[0-9]*,' "$here/../../surrealgen/schema/codes.h" |
    tr -dc 'SG0-9\n')
for code in $codes; do
    rm -rf "$tmp/trial"
    mkdir "$tmp/trial"
    if ! surrealgen explain "$code" > "$tmp/page" 2> "$tmp/said"; then
        echo "$code: no page"
        failed=$((failed + 1))
        continue
    fi
    # What only a fault of the program itself can bring about, or very many
    # rows.
    case $code in SG1603 | SG501 | SG502)
        grep -q 'No file is known' "$tmp/page" && passed=$((passed + 1)) ||
            failed=$((failed + 1))
        continue ;;
    esac
    file=$(sed -n 's/^Example, \(.*\):$/\1/p' "$tmp/page")
    sed -n '/^Example, /,/^Way out/s/^    //p' "$tmp/page" > "$tmp/example"
    if grep -qv '^\$ \|^$' "$tmp/example"; then
        mkdir -p "$tmp/trial/$(dirname "$file")"
        grep -v '^\$ ' "$tmp/example" > "$tmp/trial/$file"
    fi
    sed -n 's/^\$ //p' "$tmp/example" |
        sed "s,ws://127.0.0.1:8000,$SURREAL_TEST_URL," > "$tmp/run"
    # A migration behind others: the command looks for it in its folder.
    if [ "$file" = up.surql ]; then
        base=$here/../migrate/lint/base
        (cd "$tmp/trial" && cp "$base"/* . &&
            surrealgen migrate generate init before.surql &&
            surrealgen migrate new example) > "$tmp/said" 2>&1
        sed '/^\$/d' "$tmp/example" >> \
            "$(echo "$tmp"/trial/migrations/*_example/up.surql)"
    fi
    (cd "$tmp/trial" && sh "$tmp/run" > "$tmp/said" 2>&1)
    if grep -qE "(error|warning|note) $code:" "$tmp/said"; then
        passed=$((passed + 1))
    else
        echo "$code: its example does not have it"
        cat "$tmp/example" "$tmp/said"
        failed=$((failed + 1))
    fi
done
if [ "$(surrealgen explain --list | wc -l)" -eq "$(echo "$codes" | wc -l)" ]
then
    passed=$((passed + 1))
else
    echo "--list has not every code once"
    failed=$((failed + 1))
fi
echo "cli/explain: $passed passed, $failed failed"
[ $failed -eq 0 ]
