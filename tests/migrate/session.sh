#!/bin/sh
# tests/migrate/session.sh BIN: the session of docs/migrations.md, run.
#
#   tests/migrate/session.sh BIN           compares, on SurrealDB 3
#   tests/migrate/session.sh BIN write     puts what comes into the document
#
# In its ```console blocks `$ ` begins a command and `> ` is more of it; what
# follows is what it prints, both streams. All commands go to one shell, in an
# empty folder, with an empty server. A new migration is a day younger than the
# one before it; times and durations are not compared.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
doc=$here/../../docs/migrations.md
if [ -z "${SURREAL_TEST_URL:-}" ]; then
    exec sh "$engine/with.sh" 3 sh "$0" "$@"
fi
writes=${2:-}
on_both "$bin"
export SURREAL_NAMESPACE=shop SURREAL_DATABASE=main
mkdir bin work
ln -s "$bin" bin/surrealgen
# The prompt of the server, without what it prints.
cat > bin/surreal <<S
#!/bin/sh
exec node "$engine/query.mjs" > /dev/null
S
chmod +x bin/surreal
PATH=$tmp/bin:$PATH

# One file for each command, c1 c2 ..., and what it shall print, w1 w2 ...
awk -v T="$tmp" '
    /^## / { in_it = /^## A session/ }
    !in_it { next }
    /^```console/ { n++; is_on = 1; file = ""; next }
    /^```/ { is_on = 0; next }
    !is_on { next }
    /^\$ / { k++; file = T "/c" k; print substr($0, 3) > file; last = "c"
             printf "" > (T "/w" k); next }
    /^> / && last == "c" { print substr($0, 3) > file; next }
    /^>$/ && last == "c" { print "" > file; next }
    { last = "w"; print > (T "/w" k) }
    END { print k + 0 > (T "/count") }' "$doc"
count=$(cat "$tmp/count")
[ "$count" -gt 0 ] || bad "no commands in $doc"

# What is never the same.
plain()
{
    sed -e 's/([0-9]* \(us\|ms\|s\))/(TIME)/' \
        -e 's/[0-9]\{4\}-[0-9-]*T[0-9:.]*Z/WHEN/g' \
        -e 's/ [^ ]* (pid [0-9]*,/ HOST (pid N,/' "$1"
}

# The shell that runs them: a mark behind each, so that a `cd` lasts.
{
    echo "cd '$tmp/work' || exit 1"
    echo 'SOURCE_DATE_EPOCH=1785585600; export SOURCE_DATE_EPOCH'
    k=1
    while [ $k -le "$count" ]; do
        # `$?` is that of the command before it.
        echo "exec > '$tmp/g$k' 2>&1; (exit \${code:-0})"
        cat "$tmp/c$k"
        echo 'code=$?'
        grep -q 'migrate generate' "$tmp/c$k" &&
            echo 'SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 86400))'
        k=$((k + 1))
    done
} > "$tmp/all.sh"
sh "$tmp/all.sh" < /dev/null

k=1
while [ $k -le "$count" ]; do
    plain "$tmp/w$k" > "$tmp/want"
    plain "$tmp/g$k" > "$tmp/got"
    part="command $k, \`$(head -n 1 "$tmp/c$k")\`"
    if cmp -s "$tmp/want" "$tmp/got"; then
        good
        cp "$tmp/w$k" "$tmp/g$k" # what is written again stays as it was
    else
        : > "$tmp/.err"
        diff "$tmp/want" "$tmp/got" > "$tmp/.out"
        bad 'prints something else'
    fi
    k=$((k + 1))
done

# Every verb and option there is stands in the table of the document.
part='all of it'
: > "$tmp/.out"
: > "$tmp/.err"
sed -n '/^## All of it/,/^## Exit codes/p' "$doc" > "$tmp/all.md"
"$bin" --help | sed -n 's/^  \(\(migrate\|schema\|orchestrate\) [a-z-]*\).*/\1/p' |
    grep -v -e 'schema pull' -e 'schema print' > "$tmp/verbs"
[ "$(wc -l < "$tmp/verbs")" -gt 20 ] || bad 'no verbs in --help'
while read -r verb; do
    grep -E "^\|.*\`$verb[ \`]" "$tmp/all.md" > "$tmp/row"
    [ -s "$tmp/row" ] || bad "\`$verb\` is missing"
    # shellcheck disable=SC2086
    for option in $("$bin" $verb --help |
            grep -oE '^ +(-[a-zA-Z], )?--[a-z-]+' | grep -oE -- '--[a-z-]+'); do
        case $option in
        --help | --version | --config | --env | --migrations | --format | \
            --yes | --no-input | --max-diags | --url | --ns | --db | --user | \
            --pass-env | --token-env | --auth-level | --ca | --timeout) ;;
        *)  if grep -qF -- "\`$option\`" "$tmp/row"; then good; else
                bad "\`$option\` of \`$verb\` is missing"
            fi ;;
        esac
    done
    # What the table names is there.
    # shellcheck disable=SC2086
    "$bin" $verb --help > "$tmp/help"
    for option in $(grep -oE -- '`--[a-z-]+`' "$tmp/row" | tr -d '\`'); do
        if grep -qE -- "(^|[ ,])$option( |$)" "$tmp/help"; then good; else
            bad "\`$verb\` has no \`$option\`"
        fi
    done
done < "$tmp/verbs"

if [ "$writes" = write ]; then
    awk -v T="$tmp" '
        /^## / { in_it = /^## A session/ }
        !in_it { print; next }
        /^```console/ { is_on = 1; print; next }
        /^```/ { if (is_on && k) show(); is_on = 0; print; next }
        !is_on { print; next }
        /^\$ / { if (shown < k) show(); k++; last = "c"; print; next }
        /^>/ && last == "c" { print; next }
        { last = "w" }
        function show(   line) {
            while ((getline line < (T "/g" k)) > 0) print line
            shown = k
        }' "$doc" > "$tmp/doc" && cp "$tmp/doc" "$doc"
fi
sums_up session
