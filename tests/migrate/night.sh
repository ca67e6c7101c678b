#!/bin/sh
# tests/migrate/night.sh BIN: what an operator meets at night: a way down that
# was written or edited by hand, a data step that fails on some rows, folders
# that are not there. On each server.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
on_both "$@"

# by_hand NAME: a migration by hand, statements from stdin; its folder in $made.
by_hand()
{
    gives 0 migrate new "$1"
    SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 60))
    export SOURCE_DATE_EPOCH
    made=$(echo migrations/*_"$1")
    cat >> "$made/up.surql"
}
# rows_of_t: a table with 1,000 rows
rows_of_t()
{
    echo 'model t schemafull { n int; s option<string>; }' | schema
    step init
    gives 0 migrate up --create
    # By id, so that it is known in which batch a row is.
    sql 'FOR $i IN 1..1001 { INSERT INTO t { id: $i, n: $i } }'
}

# ---- back by statements that were written by hand ---------------------------

begin written
rows_of_t
by_hand more << 'END'
UPDATE t SET s = 'a' WHERE n = 1;
END
echo "UPDATE t SET s = NONE WHERE n = 1;" >> "$made/down.surql"
gives 0 migrate up
gives 0 migrate plan-rollback init
out lossy
out 'written by hand'
gives 4 migrate down
err 'written by hand'
err '--allow data-loss'
gives 0 migrate down --allow data-loss
sql "SELECT VALUE n FROM t WHERE s = 'a'"
is "$answer" '[]'

# The header of a generated one says exact; its statements do not any more.
begin edited
schema << 'END'
model t schemafull { n int; }
model u schemafull { n int; }
END
step init
gives 0 migrate up --create
sql 'CREATE u:1 SET n = 1'
schema << 'END'
model t schemafull { n int; index n_ix (n); }
model u schemafull { n int; }
END
step more
cp migrations/*_more/down.surql kept
echo 'DELETE u;' | tee -a migrations/*_more/down.surql > /dev/null
gives 4 migrate up
err SG103
cp kept migrations/*_more/down.surql
gives 0 migrate up
echo 'DELETE u;' | tee -a migrations/*_more/down.surql > /dev/null
gives 0 migrate plan-rollback init
out '_more  lossy'
err SG103
gives 4 migrate down
err SG103
err 'more than its header says'
gives 4 migrate rollback init --yes
gives 4 migrate redo
sql 'SELECT VALUE n FROM u'
is "$answer" '[1]'
gives 0 migrate down --allow data-loss
sql 'SELECT VALUE n FROM u'
is "$answer" '[]'

# ---- a data step that fails on some rows --------------------------------------

begin half
rows_of_t
by_hand more << 'END'
-- step: tx
DEFINE FIELD m ON t TYPE option<int>;

-- step: data t batch=100
UPDATE $batch SET m = IF n = 777 { THROW 'no 777' } ELSE { n };
-- where: m = NONE

-- step: tx
DEFINE FIELD OVERWRITE m ON t TYPE int;
END
gives 8 migrate up
err 'no 777'
sed -i "s,THROW 'no 777',0," "$made/up.surql"
gives 4 migrate up
err 'step 2, which was run, was edited'
err 'migrate repair'
gives 4 migrate repair more --reason 'one row' --no-input
gives 0 migrate repair more --reason 'one row' --yes
gives 1 migrate status
out 'partial (1 of 3 steps)'
gives 0 migrate up
sql 'SELECT VALUE m FROM t WHERE n = 777;
    SELECT count() FROM t WHERE m = n GROUP ALL;
    SELECT VALUE reason FROM _surrealgen_log WHERE action = "repair"'
is "$(cat "$tmp/.sql" | tr '\n' ' ')" '[0] [{"count":999}] ["one row"] '
gives 0 migrate status

# A step that was run cannot go.
begin gone
rows_of_t
by_hand more << 'END'
-- step: tx
DEFINE FIELD m ON t TYPE option<int>;
-- step: data t
UPDATE $batch SET m = IF n = 777 { THROW 'here' } ELSE { n };
END
gives 8 migrate up
sed -i '/^-- step: data/,$d' "$made/up.surql"
gives 4 migrate repair more --reason 'one row' --yes
err '1 steps of'
err 'has 1:'

# ---- what ends a transaction without undoing it --------------------------------

begin ends
rows_of_t
by_hand more << 'END'
UPDATE t SET s = 'x' WHERE n = 1;
IF true { BREAK };
THROW { RETURN 'y' };
END
gives 3 migrate up
err '`BREAK` cannot stand here'
err '`RETURN` cannot stand here'
sql "SELECT VALUE n FROM t WHERE s = 'x'"
is "$answer" '[]'

# ---- a squash, taken back -----------------------------------------------------

begin squash
export SURREAL_DEV_USERNAME="$SURREAL_TEST_USER"
export SURREAL_DEV_PASSWORD="$SURREAL_TEST_PASS"
echo 'model a schemafull { n int; }' | schema
step one
gives 0 migrate up --create
echo 'model a schemafull { n int; } model b schemafull { n int; }' | schema
step two
gives 0 migrate up
gives 0 migrate squash one..two --dev-url "$SURREAL_URL"
gives 0 migrate status
gives 4 migrate down --allow data-loss
err '_squashed stands for migrations this database has'
gives 0 migrate up
gives 0 migrate down --allow data-loss
gives 1 migrate status
out '_squashed  pending'
gives 0 migrate up
out 'applied '
gives 0 schema check
gives 0 migrate redo --allow data-loss
gives 0 schema check
# The same by several steps, and by a data step that is the last.
printf '\n-- step: tx\nDEFINE PARAM $p VALUE 1;\n' |
    tee -a migrations/*_squashed/down.surql > /dev/null
gives 0 migrate status
for i in one two; do
    sql "CREATE _surrealgen_migration:\`20260101000000_$i\` SET status = 'x'"
done
sed -i 's/^-- replaces:.*_one.*/-- replaces: 20260101000000_one/
    s/^-- replaces:.*_two.*/-- replaces: 20260101000000_two/' \
    migrations/*_squashed/up.surql
gives 0 migrate down --allow data-loss
sql 'SELECT VALUE id FROM _surrealgen_migration'
is "$answer" '[]'

# ---- folders that are not there ------------------------------------------------

begin folders
rows_of_t
mv migrations away
gives 4 migrate up
err '20260101000000_init, which is not known in migrations'
gives 4 migrate down
err 'is this the right folder'
gives 4 migrate redo
gives 2 migrate up --migrations nowhere
err 'there is no folder nowhere'
gives 2 migrate check --migrations nowhere
gives 2 migrate lint --migrations nowhere
gives 2 migrate embed --migrations nowhere -o chain.c
mv away migrations
gives 0 migrate up
out 'nothing to do'

# ---- what is told, and to whom -------------------------------------------------

# No hint can stand in an object type, so none is written there.
begin shape
echo 'model p schemafull { home { street: string, zip: option<string> }; }' |
    schema
step init
echo 'model p schemafull { home { street: string, city: option<string> }; }' |
    schema
cp schema/a.sg kept
gives 4 migrate generate other --no-input
err 'yes -> write   city option<string> @was(zip);'
err 'in a struct'
gives 4 migrate generate other --yes
is "$(cat schema/a.sg)" "$(cat kept)"
echo 'struct h { street string; city option<string> @was(zip); }
model p schemafull { home h; }' | schema
step other
err 'goes, with its values'

# The server of --dev-url has a user of its own.
begin dev
rows_of_t
unset SURREAL_DEV_USERNAME SURREAL_DEV_PASSWORD
gives 6 migrate check --dev-url "$SURREAL_URL"
err 'SURREAL_DEV_USERNAME and SURREAL_DEV_PASSWORD, which are not set'

# A baseline is not drift from itself; hashes of passwords are not told.
begin told
rm -r schema
sql "DEFINE TABLE a; DEFINE CONFIG GRAPHQL AUTO;
    DEFINE USER bob ON DATABASE PASSWORD 'x' ROLES VIEWER"
gives 0 migrate baseline first
gives 0 schema check
out 'user bob'
out "PASSHASH '[REDACTED]'"
no_out argon2
gives 0 schema check --format json
out bob
no_out argon2
gives 0 schema check --show-diff
no_out argon2

# ---- options that would mean something else -----------------------------------

begin options
rows_of_t
gives 2 migrate down --allow dataloss
err 'data-loss, irreversible, drift or a code such as SG101, not `dataloss`'
gives 2 migrate up --steps 0
err '--steps 0 would be none'
gives 2 migrate down --steps 0 --allow data-loss
gives 2 migrate up --lock-wait -5
err 'whole number'
gives 2 migrate up --throttle soon
if [ "$major" -ge 3 ]; then
    gives 7 migrate dups nothing.x
    err 'nothing'
fi
if grep -q 'name what is there' "$tmp/.err"; then bad help; else good; fi
gives 0 migrate down --steps 1 --allow SG101,data-loss

# ---- who may only read ---------------------------------------------------------

# Rows that a VIEWER writes are dropped by the server without an error.
begin viewer
rows_of_t
by_hand more << 'END'
UPDATE t SET s = 'y' WHERE n = 1;
END
echo "UPDATE t SET s = NONE WHERE n = 1;" >> "$made/down.surql"
sql "DEFINE USER reader ON DATABASE PASSWORD 'r' ROLES VIEWER"
as_reader() # CODE ARG...
{
    SURREAL_USERNAME=reader SURREAL_PASSWORD=r gives "$@" \
        --auth-level database
}
as_reader 6 migrate up
err 'may not write rows'
gives 1 migrate status
by_hand steps << 'END'
-- step: tx
UPDATE t SET s = 'y' WHERE n = 2;
-- step: data t
UPDATE $batch SET s = 'z' WHERE n = 3;
END
gives 0 migrate up --to more
as_reader 6 migrate up
gives 1 migrate status
out '_steps  pending'
as_reader 6 migrate repair more --forget --reason x --yes
err 'may not write'
as_reader 6 migrate down --allow data-loss
gives 0 migrate up
out '_steps ('

# ---- --format json: one document, whatever becomes of it ----------------------

begin json
# json CODE ARG...
json()
{
    gives "$@" --format json
    if node -e 'JSON.parse(require("fs").readFileSync(0, "utf8"))' \
        < "$tmp/.out" 2> /dev/null; then good; else bad "no JSON: $*"; fi
}
rows_of_t
json 4 migrate down
out '"exit": 4'
out 'loses what was written since'
json 4 migrate redo
json 0 migrate rollback init --yes
json 2 migrate rollback nothing --yes
json 2 migrate plan-rollback nothing
json 0 migrate generate same --no-input
json 0 migrate snapshot create now
out '"definitions": 3'
json 2 migrate snapshot compare now nothing
json 4 migrate baseline second
json 6 migrate status --url ws://127.0.0.1:1
json 6 schema check --db nothing
echo 'model t schemafull { m int; s option<string>; }' | schema
json 4 migrate generate other --no-input
json 1 schema check --offline
echo 'model t schemafull { m ; }' | schema
json 3 schema diff
out 'expected a type'
printf '<<<<<<< HEAD\n' | tee -a migrations/*_init/up.surql > /dev/null
json 3 migrate up
out 'a merge was not finished here'
json 3 migrate status

sums_up night
