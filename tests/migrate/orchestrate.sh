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
while IFS='|' read -r text said; do
    printf 'schema = ["schema"]\n[env.x]\nurl = "ws://x"\nns = "n"\n' \
        > surrealgen.toml
    printf 'db = "d"\ngroup = "prod"\n%b\n' "$text" >> surrealgen.toml
    gives 2 orchestrate status
    err "$said"
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
echo 'model m schemafull { a int; }' > schema/a.sg
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

# One that cannot be reached: nothing is begun, and the plan says which.
printf '\n[env.c]\nurl = "ws://127.0.0.1:9"\nns = "n"\ndb = "d"\ngroup = "prod"\norder = 30\n' >> surrealgen.toml
schema <<'S'
model user schemafull { email string; name string; index name_ix (name); }
S
step name_ix
gives 6 orchestrate deploy --group prod
line ' a b c'
line '20260101000100_name_ix pending pending unreachable'
err '[c] '
err 'not begun; nothing was changed'
gives 6 orchestrate status --format json
out '"reached": false'
out '"status": "pending"'
gives 6 orchestrate validate
out 'b: SurrealDB'
err '[c] '
applied a
is "$answer" 1

# Changed by hand, elsewhere and in the way.
sed -i '/^\[env.c\]/,$d' surrealgen.toml
in_db b 'DEFINE PARAM $hand VALUE 1'
gives 1 orchestrate status
line 'changed by hand - 1'
in_db b 'REMOVE PARAM $hand; DEFINE INDEX name_ix ON user FIELDS email'
gives 4 orchestrate deploy --group prod
err '[b] '
err 'somebody changed what it is about'
err 'not every database passed the rehearsal; nothing was changed'
applied a
is "$answer" 1
in_db b 'REMOVE INDEX name_ix ON user'

# One that has what the folder has not.
in_db b 'UPDATE _surrealgen_migration:`20260101000000_init` SET checksum = "1:0"'
gives 4 orchestrate deploy --group prod
err '[b] 20260101000000_init was edited'
in_db b 'CREATE _surrealgen_migration:`20250101000000_other` SET
    checksum = "1:1", status = "applied", applied_at = time::now()'
gives 4 orchestrate status
line '20250101000000_other - unknown'
err '[b] has 20250101000000_other, which is not in migrations'

# ---- strategies ------------------------------------------------------------------

# rollout: a first migration in a, b and c; a second one that throws where the
# table `trap` has a row. Its way back is exact.
rollout()
{
    begin "$1"
    target a 'order = 1'
    target b 'order = 2'
    target c 'order = 3'
    databases a b c
    schema <<'S'
model user schemafull { name string; }
model trap schemaless {}
S
    step init
    gives 0 orchestrate deploy --group prod --strategy parallel \
        --max-concurrent 2
    out 'deployed a ('
    out 'deployed c ('
    schema <<'S'
model user schemafull { name string; index name_ix (name); }
model trap schemaless {}
S
    step name_ix
    ix=20260101000100_name_ix
    echo 'IF array::len(SELECT VALUE id FROM trap) > 0 { THROW "trapped" };' \
        >> "migrations/$ix/up.surql"
}
# has NAME NAME NAME: how many migrations a, b and c have
has()
{
    for d in a b c; do
        applied "$d"
        is "$d $answer" "$d $1"
        shift
    done
}

rollout stops
has 1 1 1
in_db b 'CREATE trap:1'
gives 7 orchestrate deploy --group prod
err "[b] surrealgen: orchestrate deploy: $ix failed"
err 'trapped'
err 'not every database passed the rehearsal; nothing was changed'
has 1 1 1

# Begun without a rehearsal: a is taken back, c was not started.
gives 7 orchestrate deploy --group prod --no-rehearse
out 'a         taken back   1        1'
out 'c         not started  0        0     0 ms'
err 'failed, and nothing of it is left anywhere'
out 'took back a ('
has 1 1 1
gives 7 orchestrate deploy --group prod --no-rehearse --format json
out '"result": "taken back"'
out '"result": "failed"'
out '"result": "not started"'
out '"exit": 7'
out '"took_ms": '
out 'trapped'
no_out 'took back a ('
has 1 1 1
gives 8 orchestrate deploy --group prod --no-rehearse --no-rollback
err 'failed, and some databases are changed'
has 2 1 1
# The same command goes on.
in_db b 'DELETE trap'
gives 0 orchestrate deploy --group prod
line 'database result applied back took'
out 'a         up to date'
out 'b         deployed'
has 2 2 2
in_db c 'SELECT VALUE action FROM _surrealgen_log'
is "$answer" '["up","up"]'
in_db a 'SELECT VALUE reason FROM _surrealgen_log WHERE action = "down" LIMIT 1'
is "$answer" '["the roll-out failed elsewhere"]'

rollout waves
in_db a 'CREATE trap:1'
gives 7 orchestrate deploy --group prod --strategy canary --no-rehearse
err '[a] '
out 'b         not started'
out 'c         not started'
has 1 1 1
gives 7 orchestrate deploy --group prod --strategy parallel \
    --max-concurrent 1 --no-rehearse
out 'a         failed'
out 'b         not started'
out 'c         not started'
has 1 1 1
in_db a 'DELETE trap'
in_db c 'CREATE trap:1'
gives 7 orchestrate deploy --group prod --strategy rolling --batch-size 2 \
    --no-rehearse
out 'a         taken back'
out 'b         taken back'
out 'c         failed'
has 1 1 1
gives 7 orchestrate deploy --group prod --strategy parallel --no-rehearse
has 1 1 1
in_db c 'DELETE trap'
gives 0 orchestrate deploy --group prod --strategy canary --canary-percent 50
has 2 2 2

# Two of them at once: each migration once, and both end well.
rollout both
for i in 1 2; do
    ("$bin" orchestrate deploy --group prod --strategy parallel \
        > "both$i" 2>&1 < /dev/null; echo $? > "code$i") &
done
wait
for i in 1 2; do
    cp "both$i" "$tmp/.out"
    is "$(cat "code$i")" 0
done
has 2 2 2
in_db b 'SELECT VALUE action FROM _surrealgen_log'
is "$answer" '["up","up"]'

# ---- health ------------------------------------------------------------------------

rollout health
sed -i '/^\[env.b\]/a health = "RETURN array::len(SELECT VALUE id FROM _surrealgen_migration) < 2"' surrealgen.toml
gives 7 orchestrate deploy --group prod
err '[b] surrealgen: it is not healthy'
err 'gave false'
out 'a         taken back'
out 'b         taken back'
out 'c         not started'
has 1 1 1
gives 0 orchestrate deploy --group prod --skip-health-check
has 2 2 2
gives 4 orchestrate validate
err '[b] surrealgen: it is not healthy'
gives 0 orchestrate validate --skip-health-check

# ---- what would be lost, and who is asked --------------------------------------------

begin gates
target a 'order = 1'
target b 'order = 2' 'approve = true' 'destructive = "never"'
databases a b
schema <<'S'
model user schemafull { name string; nick option<string>; }
S
step init
gives 4 orchestrate deploy --group prod
err 'Apply 1 migration to b? Give --approve b to say yes.'
applied a
is "$answer" 0
gives 2 orchestrate deploy --group prod --approve d
err 'no such database in this group'
if command -v script > /dev/null; then
    printf 'n\n' | script -qec "$bin orchestrate deploy --group prod" \
        /dev/null > "$tmp/.out"
    out 'Apply 1 migration to b? [y/N]'
    applied a
    is "$answer" 0
    printf 'y\n' | script -qec "$bin orchestrate deploy --group prod" \
        /dev/null > "$tmp/.out"
    out 'deployed b'
else
    skip 'no program `script` to make a terminal'
fi
gives 0 orchestrate deploy --group prod --approve b,a
schema <<'S'
model user schemafull { name string; }
S
step nick
in_db b 'CREATE user:1 SET name = "a", nick = "n"'
gives 4 orchestrate deploy --group prod --approve b --allow data-loss
err '[b] 20260101000100_nick loses values'
err 'destructive = "never"'
applied a
is "$answer" 1
sed -i '/^destructive/d' surrealgen.toml
gives 4 orchestrate deploy --group prod --approve b
err 'SG102'
gives 0 orchestrate deploy --group prod --approve b --allow data-loss
applied b
is "$answer" 2
# A way back that loses something is left to a person.
in_db a 'CREATE user:1 SET name = "a"'
schema <<'S'
model user schemafull { name string; age option<int>; }
S
step age
echo 'IF array::len(SELECT VALUE id FROM user WHERE name = "trap") > 0 { THROW "trapped" };' \
    >> migrations/20260101000200_age/up.surql
in_db b 'CREATE user:2 SET name = "trap"'
gives 8 orchestrate deploy --group prod --approve b --no-rehearse
err '[a] stays as it is: going back from 20260101000200_age is lossy'
applied a
is "$answer" 3
in_db b 'DELETE user:2'
gives 0 orchestrate deploy --group prod --approve b
applied b
is "$answer" 3
# What waits.
write takes <<'E'
-- phase: contract
UPDATE user SET name = "b" WHERE name = "nobody" RETURN NONE;
E
gives 4 orchestrate deploy --group prod --approve b
err "$id waits until no program of before runs any more"
gives 1 orchestrate status
out 'waiting'
gives 0 orchestrate deploy --group prod --approve b --after-deploy
gives 0 orchestrate status

# ---- half way -----------------------------------------------------------------------

rollout half
sed -i '/THROW/d' "migrations/$ix/up.surql"
write two <<'E'
-- step: tx
DEFINE PARAM $one VALUE 1;
-- step: tx
DEFINE PARAM $two VALUE 2;
IF array::len(SELECT VALUE id FROM trap) > 1 { THROW "later" };
E
in_db a 'CREATE trap:1, trap:2'
gives 8 orchestrate deploy --group prod --no-rehearse
out 'a         half way'
err 'surrealgen orchestrate deploy'
gives 1 orchestrate status
out 'partial'
in_db a 'DELETE trap'
gives 0 orchestrate deploy --group prod --strategy parallel
has 3 3 3

# ---- Ctrl-C ---------------------------------------------------------------------------

# locked NAME N: waits until so many hold the lock there
locked()
{
    tries=0
    until in_db "$1" 'RETURN array::len(SELECT VALUE id FROM _surrealgen_lock)' &&
        [ "$answer" = "$2" ]; do
        tries=$((tries + 1))
        [ $tries -lt 40 ] || break
    done
    is "locked $1 $answer" "locked $1 $2"
}
rollout signal
gives 0 orchestrate deploy --group prod --strategy parallel
write slow <<'E'
-- step: tx
DEFINE PARAM $one VALUE 1;
SLEEP 5s;
-- step: tx
DEFINE PARAM $two VALUE 2;
E
"$bin" orchestrate deploy --group prod --no-rehearse > "$tmp/.out" \
    2> "$tmp/.err" < /dev/null &
tool=$!
locked a 1
kill -TERM $tool
wait $tool
is $? 130
err 'stopping behind the transactions under way'
err 'interrupted; the same command goes on'
out 'a         interrupted'
out 'b         not started'
locked a 0
# Killed itself: what it started ends, too, and gives the lock back.
"$bin" orchestrate deploy --group prod --no-rehearse > "$tmp/.out" \
    2> "$tmp/.err" < /dev/null &
tool=$!
locked b 1
kill -KILL $tool
wait $tool 2> /dev/null
locked b 0
applied c
is "$answer" 2
gives 0 orchestrate deploy --group prod --strategy parallel
has 3 3 3

# ---- secrets ---------------------------------------------------------------------------

begin secrets
printf 'wrong-hunter2\n' > pass
target a 'user = "root"' 'password = "file:pass"'
databases a
gives 6 orchestrate validate
err '[a] '
no_secret hunter2
gives 6 orchestrate validate --format json
no_secret hunter2
# Quoted by a server, too: the health query has it.
printf '%s' "$SURREAL_TEST_PASS" > pass
sed -i '/^password/d' surrealgen.toml
printf 'password = "file:pass"\nhealth = "THROW \\"it is %s\\""\n' \
    "$SURREAL_TEST_PASS" >> surrealgen.toml
gives 4 orchestrate validate
err 'it is ***'
sed -i '/^health/d' surrealgen.toml
unset SURREAL_PASSWORD
printf '%s' "$SURREAL_TEST_PASS" > pass
gives 0 orchestrate validate

sums_up orchestrate
