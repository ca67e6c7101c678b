#!/bin/sh
# tests/migrate/orchestrate.sh BIN: one folder of migrations, several databases.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
on_both "$@"

# databases NAME...: empty ones of this part, prefixed by its name
databases()
{
    make="DEFINE NAMESPACE IF NOT EXISTS migrate; USE NS migrate;"
    for d in "$@"; do make="$make DEFINE DATABASE ${part}_$d;"; done
    sql "$make"
}

# target NAME LINE...: its section; who signs in is in the environment
target()
{
    name=$1
    shift
    {
        printf '\n[env.%s]\nurl = "env:TEST_URL"\nns = "migrate"\n' "$name"
        printf 'db = "%s_%s"\ngroup = "prod"\n' "$part" "$name"
        for line in "$@"; do echo "$line"; done
    } >> surrealgen.toml
}
export TEST_URL="$SURREAL_TEST_URL"
# What the environment says of one database is not for all of them.
export SURREAL_URL=ws://127.0.0.1:9 SURREAL_DATABASE=nowhere

# in_db NAME TEXT: as root, in that database
in_db()
{
    answer=$(printf '%s' "$2" | SURREAL_URL=$TEST_URL \
        SURREAL_DATABASE="${part}_$1" SURREAL_USERNAME=$SURREAL_TEST_USER \
        SURREAL_PASSWORD=$SURREAL_TEST_PASS node "$engine/query.mjs" 2>&1)
    printf '%s\n' "$answer" > "$tmp/.sql"
}
sql() { SURREAL_URL=$TEST_URL; in_db_sql "$1"; SURREAL_URL=ws://127.0.0.1:9; }
in_db_sql()
{
    answer=$(printf '%s' "$1" | SURREAL_URL=$TEST_URL SURREAL_DATABASE=one \
        SURREAL_USERNAME=$SURREAL_TEST_USER \
        SURREAL_PASSWORD=$SURREAL_TEST_PASS node "$engine/query.mjs" 2>&1) ||
        bad "sql: $1: $answer"
}
# applied NAME: how many migrations it has
applied()
{
    in_db "$1" 'RETURN array::len(SELECT VALUE id FROM _surrealgen_migration)'
    case $answer in *[!0-9]*) answer=0 ;; esac
}
# line TEXT: one of stdout, blanks squeezed
line()
{
    if tr -s ' ' < "$tmp/.out" | sed 's/ $//' | grep -qxF -- "$1"; then
        good
    else
        bad "no line \`$1\`"
    fi
}
no_secret()
{
    if grep -q "$1" "$tmp/.out" "$tmp/.err"; then
        bad "the secret $1 is told"
    else
        good
    fi
}

# ---- settings ----------------------------------------------------------------

begin settings
gives 2 orchestrate deploy
err '--group NAME'
gives 2 orchestrate deploy --group prod
err 'has no section [env.NAME] with a `group`'
target a
gives 2 orchestrate deploy --group prd
err 'there are `prod`'
gives 2 orchestrate deploy --group prod --strategy fast
gives 2 orchestrate deploy --group prod --canary-percent 0
gives 2 orchestrate deploy --group prod --max-concurrent 0
while IFS='|' read -r text want; do
    printf 'schema = ["schema"]\n[env.x]\nurl = "ws://x"\nns = "n"\n' \
        > surrealgen.toml
    printf 'db = "d"\ngroup = "prod"\n%b\n' "$text" >> surrealgen.toml
    gives 2 orchestrate status
    err "$want"
done <<'E'
password = "hunter2"|SG603
password = "env:NOT_SET_AT_ALL"|the variable NOT_SET_AT_ALL is not set
password = "file:no/such"|no/such
order = "first"|a whole number
approve = 1|true or false
destructive = "maybe"|"never" or "allowed"
halth = "x"|there is no setting `halth`
[env.y]\nurl = "ws://x"\nns = "n"\ndb = "d"\ngroup = "prod"|the same database
[env.y]\nurl = "ws://x"\nns = "n"\ngroup = "prod"|[env.y] does not say `db`
E
# Other verbs know the same sections, and where their values are.
printf '%s' "$SURREAL_TEST_PASS" > pass
printf '[project]\nschema = ["schema"]\n' > surrealgen.toml
target a 'user = "env:TEST_USER"' 'password = "file:pass"' 'approve = true'
TEST_USER=$SURREAL_TEST_USER
export TEST_USER
databases a
env -u SURREAL_USERNAME -u SURREAL_PASSWORD "$bin" migrate status --env a \
    > "$tmp/.out" 2> "$tmp/.err"
is "$? $(cat "$tmp/.err")" "0 "
gives 0 config show --env a
out 'url = "env:TEST_URL"'
out 'password = "(set)"'
gives 0 check --env a

# ---- the plan ------------------------------------------------------------------

begin plan
target b 'order = 20'
target a 'order = 10'
databases a b
schema <<'S'
model user schemafull { email string; name string; }
S
step init
gives 1 orchestrate status --group prod
line ' a b'
line '20260101000000_init pending pending'
gives 0 orchestrate validate
out 'a: SurrealDB'
out '1 pending'
gives 0 orchestrate deploy --group prod --dry-run --strategy canary
out 'would go: a; then b'
gives 0 orchestrate deploy --group prod --dry-run
out 'would go: a; then b'
gives 0 orchestrate deploy --group prod --dry-run --strategy parallel
out 'would go: a, b'
applied a
is "$answer" 0
gives 0 orchestrate deploy --group prod
gives 0 orchestrate status
line '20260101000000_init applied applied'
gives 0 orchestrate deploy --group prod
out 'nothing to do'
sums_up orchestrate
