#!/bin/sh
# tests/migrate/traps.sh BIN: what other tools fell into, on real servers.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
on_both "$@"
dev="--dev-url $SURREAL_TEST_URL"
export SURREAL_DEV_USERNAME="$SURREAL_TEST_USER"
export SURREAL_DEV_PASSWORD="$SURREAL_TEST_PASS"

# ---- DROP of a table is not its end (T-28) -----------------------------------

# In SurrealQL a table with DROP forgets what is written into it.
begin drop
schema <<'S'
model audit schemafull { what string; }
model gone schemafull { n int; }
S
step init
gives 0 migrate up --create
sql "CREATE audit:1 SET what = 'kept'; CREATE gone:1 SET n = 1;"
schema <<'S'
model audit schemafull drop { what string; }
S
step forgets
up=migrations/*_forgets/up.surql
# shellcheck disable=SC2086
is "$(grep -c 'REMOVE TABLE audit' $up)" 0
# shellcheck disable=SC2086
is "$(grep -c 'DEFINE TABLE OVERWRITE audit.* DROP' $up)" 1
# shellcheck disable=SC2086
is "$(grep -c 'REMOVE TABLE gone;' $up)" 1
gives 0 migrate up --allow data-loss
sql "CREATE audit:2 SET what = 'lost'; SELECT VALUE id FROM audit;"
is "$(echo "$answer" | tail -n 1)" '["audit:1"]'
gives 0 migrate down --allow data-loss
sql "CREATE audit:3 SET what = 'kept'; SELECT VALUE id FROM audit;"
is "$(echo "$answer" | tail -n 1)" '["audit:1","audit:3"]'

# ---- what changed is not a matter of dates (T-50) ----------------------------

begin dates
schema <<'S'
model a schemafull { n int; }
S
step init
gives 0 migrate up --create
for when in 200001010000 203801010000; do
    find . -type f -exec touch -t $when {} +
    gives 0 schema diff
    is "$(cat "$tmp/.out")" ''
    gives 0 migrate generate again --no-input
    err 'nothing to do'
    gives 0 migrate status
    gives 0 schema check
done
touch -r surrealgen.toml "$tmp/date"
schema <<'S'
model a schemafull { n int; m option<int>; }
S
touch -r "$tmp/date" schema/a.sg
gives 1 schema diff
out 'a.m'
cp -r . "$tmp/clone" # as git does: every date is now
cd "$tmp/clone" || exit 1
gives 0 migrate status
gives 1 schema diff
out 'a.m'

# ---- drop, then create, is not create (T-54) ---------------------------------

begin again
schema <<'S'
model t schemafull { n int; }
model u schemafull { n int; }
S
step one
gives 0 migrate up --create
sql 'CREATE t:1 SET n = 1'
export SURREAL_DATABASE=again_half
gives 0 migrate up --create
sql 'CREATE t:1 SET n = 1'
export SURREAL_DATABASE=again
schema <<'S'
model u schemafull { n int; }
S
step two
schema <<'S'
model t schemafull { n int; }
model u schemafull { n int; }
S
step three
gives 0 migrate up --allow data-loss
sql 'SELECT * FROM t'
is "$answer" '[]'
sql 'CREATE t:2 SET n = 2'
gives 0 migrate squash ..three $dev
# One that has all of them keeps what it has.
gives 0 migrate up
sql 'SELECT VALUE id FROM t'
is "$answer" '["t:2"]'
# For one in the middle the rows that two takes away are not forgotten.
export SURREAL_DATABASE=again_half
"$bin" migrate up > "$tmp/.out" 2> "$tmp/.err" < /dev/null
case $? in 3|4) good ;; *) bad 'a squash was taken for what it replaces' ;; esac
sql 'SELECT VALUE id FROM t'
is "$answer" '["t:1"]'

# ---- nothing is rolled back that loses something by itself (T-55) ------------

begin alone
schema <<'S'
model p schemafull { n int; }
S
step init
gives 0 migrate up --create
schema <<'S'
model p schemafull { n int; nick option<string>; }
S
step nick
write breaks <<'S'
UPDATE p SET nick = 'written';
THROW 'not today';
S
sql 'CREATE p:1 SET n = 1'
gives 7 migrate up
err '_breaks failed, nothing of it was changed'
gives 1 migrate status
out '_nick    applied'
out '_breaks  pending'
sql "UPDATE p:1 SET nick = 'ann'"
gives 7 migrate up
sql 'SELECT VALUE nick FROM p'
is "$answer" '["ann"]'
gives 4 migrate down
err 'p.nick: a value in 1 of 1 rows'
gives 2 migrate down --allow everything
sql 'SELECT VALUE nick FROM p'
is "$answer" '["ann"]'

sums_up traps
