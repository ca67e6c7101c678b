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
    sql 'FOR $i IN 1..1001 { CREATE t SET n = $i }'
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

sums_up night
