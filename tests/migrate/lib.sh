# tests/migrate/lib.sh: what the scripts here share.
#
#     . "$here/lib.sh"
#     on_both "$@"       # runs the script again with each server at hand
#
# A script is then in a folder of its own, with $bin, $major and the variables
# of the command line set; it ends with `sums_up NAME`.
set -u
here=$(cd "$(dirname "$0")" && pwd)
engine=$here/../engine
bin=${1:-build/surrealgen}
case $bin in /*) ;; *) bin=$PWD/$bin ;; esac
passed=0 failed=0 skipped=0
export NO_COLOR=1
unset SURREALGEN_ENV SURREALGEN_CONFIG

good() { passed=$((passed + 1)); }
bad()
{
    echo "FAILED: ${part:+$part: }$*"
    [ -s "$tmp/.out" ] && sed 's/^/  out: /' "$tmp/.out"
    [ -s "$tmp/.err" ] && sed 's/^/  err: /' "$tmp/.err"
    failed=$((failed + 1))
}
skip()
{
    echo "skipped: $*"
    skipped=$((skipped + 1))
}
gives() # CODE ARG...: the exit code; leaves .out and .err.
{
    want=$1
    shift
    "$bin" "$@" > "$tmp/.out" 2> "$tmp/.err" < /dev/null
    got=$?
    if [ $got -eq "$want" ]; then good; else bad "$*: exit $got, not $want"; fi
}
out() { if grep -qF -- "$1" "$tmp/.out"; then good; else bad "no \`$1\`"; fi; }
err() { if grep -qF -- "$1" "$tmp/.err"; then good; else bad "no \`$1\`"; fi; }
no_out()
{
    if grep -qF -- "$1" "$tmp/.out"; then bad "there is \`$1\`"; else good; fi
}
no_err() { if [ -s "$tmp/.err" ]; then bad "stderr not empty"; else good; fi; }
is() { if [ "$1" = "$2" ]; then good; else bad "\`$1\` is not \`$2\`"; fi; }

# sql TEXT: as root; a line of JSON for each statement in $answer and in .sql.
sql()
{
    answer=$(printf '%s' "$1" | SURREAL_USERNAME=$SURREAL_TEST_USER \
        SURREAL_PASSWORD=$SURREAL_TEST_PASS node "$engine/query.mjs" 2>&1) ||
        bad "sql: $1: $answer"
    printf '%s\n' "$answer" > "$tmp/.sql"
}

# on_both ARG...: outside, the script on each major version, and the sum.
on_both()
{
    if [ -n "${SURREAL_TEST_URL:-}" ]; then
        major=$SURREAL_TEST_MAJOR
        export SURREAL_URL="$SURREAL_TEST_URL"
        export SURREAL_USERNAME="$SURREAL_TEST_USER"
        export SURREAL_PASSWORD="$SURREAL_TEST_PASS"
        export SURREAL_NAMESPACE=migrate SURREAL_DATABASE=one
        tmp=$(mktemp -d) || exit 1
        trap 'rm -rf "$tmp"' EXIT
        cd "$tmp" || exit 1
        return
    fi
    log=$(mktemp) || exit 1
    trap 'rm -f "$log"' EXIT
    name=$(basename "$0" .sh)
    for v in 3 2; do
        sh "$engine/with.sh" $v sh "$0" "$@" > "$log" 2>&1
        code=$?
        line=$(grep -E "^$name: [0-9]+ passed, " "$log" | tail -n 1)
        grep -v "^$name: " "$log" | sed "s/^/[$v] /"
        if [ -z "$line" ]; then
            echo "FAILED: SurrealDB $v (exit $code)"
            failed=$((failed + 1))
            continue
        fi
        read -r _ p _ f _ s _ << END
$line
END
        passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    done
    sums_up "$name"
}

sums_up()
{
    echo "$1: $passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
    exit
}

# begin NAME: a folder and a database of its own.
begin()
{
    part=$1
    export SURREAL_DATABASE="$1"
    mkdir "$tmp/$1"
    cd "$tmp/$1" || exit 1
    SOURCE_DATE_EPOCH=1767225600
    mkdir schema
    printf 'schema = ["schema"]\ntarget = "%s.0"\n' "$major" > surrealgen.toml
}

# schema: schema/a.sg from stdin. step NAME: the migration to it.
schema()
{
    { echo "target surrealdb $major.0;"; cat; } > schema/a.sg
}
step()
{
    gives 0 migrate generate "$@" --no-input
    # The ids differ in seconds.
    SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 60))
    export SOURCE_DATE_EPOCH
}
export SOURCE_DATE_EPOCH=1767225600

# write NAME: a migration by hand, up from stdin; $id is its folder.
write()
{
    gives 0 migrate new "$1"
    id=$(basename migrations/*_"$1")
    cat >> "migrations/$id/up.surql"
    SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 60))
    export SOURCE_DATE_EPOCH
}
