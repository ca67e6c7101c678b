#!/bin/sh
# tests/migrate/plan.sh BIN: what `migrate generate` writes, and what that does.
#
#   UPDATE=1 tests/migrate/plan.sh build/surrealgen     write the .expect files
#
# tests/migrate/plan/NAME.case has the parts `--- old`, `--- rows`, `--- new`,
# `--- ask` and, when they matter, `--- args` (of the second `generate`) and
# `--- majors`. NAME.expect holds the files written for SurrealDB 3 and, for each
# major version, how the rows and the catalogue were after up and after down.
set -u
bin=${1:-build/surrealgen}
case $bin in /*) ;; *) bin=$PWD/$bin ;; esac
here=$(cd "$(dirname "$0")" && pwd)
only=${2:-}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
passed=0 failed=0
unset SURREALGEN_ENV SURREALGEN_CONFIG
export SOURCE_DATE_EPOCH=1785542400

# part CASE NAME: the lines of one part
part()
{
    awk -v P="--- $2" '/^--- /{ on = $0 == P; next } on' "$1"
}

# prepare CASE MAJOR: the folder of a case, with its two migrations
prepare()
{
    name=$(basename "$1" .case)
    dir=$tmp/$2/$name
    mkdir -p "$dir"
    part "$1" old > "$dir/old.sg"
    part "$1" new > "$dir/new.sg"
    part "$1" rows > "$dir/rows.surql"
    part "$1" ask > "$dir/ask.surql"
    args=$(part "$1" args)
    (
        cd "$dir" || exit 1
        "$bin" migrate generate --target "$2.0" old old.sg > said 2>&1 ||
            { cat said; exit 1; }
        eval "\"$bin\" migrate generate --no-input --target $2.0 $args \
            new new.sg" > said 2> err
        code=$?
        # What the rules say about it is tested elsewhere.
        [ $code -eq 0 ] || cat err >> said
        echo "exit $code" >> said
    )
}

: > "$tmp/list"
for case in "$here"/plan/*.case; do
    name=$(basename "$case" .case)
    [ -z "$only" ] || [ "$only" = "$name" ] || continue
    majors=$(part "$case" majors)
    for major in ${majors:-3 2}; do
        prepare "$case" "$major" || { echo "FAILED: $name: old schema"
            failed=$((failed + 1)); continue; }
        # shellcheck disable=SC2012
        [ "$(ls "$tmp/$major/$name/migrations" | wc -l)" -eq 2 ] &&
            echo "$tmp/$major/$name" >> "$tmp/list.$major"
    done
    echo "$case" >> "$tmp/list"
done
for major in 3 2; do
    : > "$tmp/out.$major"
    [ -s "$tmp/list.$major" ] || continue
    # shellcheck disable=SC2046
    sh "$here/../engine/with.sh" $major node "$here/plan.mjs" \
        $(cat "$tmp/list.$major") > "$tmp/out.$major" 2>&1
done

while read -r case; do
    name=$(basename "$case" .case)
    have=$tmp/$name.expect
    first=$(part "$case" majors)
    dir=$tmp/${first:-3}/$name
    [ -d "$dir" ] || dir=$tmp/3/$name
    {
        cat "$dir/said"
        for way in up down; do
            file=$(ls "$dir"/migrations/*_new/$way.surql 2> /dev/null)
            [ -n "$file" ] || continue
            echo "--- $way.surql"
            grep -v '^-- \(id\|parent\|schema\):\|^-- surrealgen' "$file"
        done
        for major in 3 2; do
            awk -v N="== $name" '/^== /{ on = $0 == N; next } on' \
                "$tmp/out.$major" > "$tmp/part"
            [ -s "$tmp/part" ] || continue
            echo "--- SurrealDB $major"
            cat "$tmp/part"
        done
    } > "$have"
    want=$here/plan/$name.expect
    if [ "${UPDATE:-}" ]; then
        cp "$have" "$want"
    fi
    if cmp -s "$have" "$want"; then
        passed=$((passed + 1))
    else
        echo "FAILED: $name"
        diff "$want" "$have"
        failed=$((failed + 1))
    fi
done < "$tmp/list"
echo "migrate/plan: $passed passed, $failed failed"
[ $failed -eq 0 ]
