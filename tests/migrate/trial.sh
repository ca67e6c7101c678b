#!/bin/sh
# tests/migrate/trial.sh BIN: a trial in one transaction tells what the steps
# would, and no more.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
on_both "$@"

refused() # TEXT WHY: the server takes no such statement.
{
    printf '%s' "$1" | node "$engine/query.mjs" > "$tmp/.out" 2>&1
    out "$2"
}

# ---- UNIQUE behind rows that were changed ------------------------------------

# As a step of its own the index would be refused half way; in the transaction
# that filled the rows the server accepts the same.
begin unique
schema <<'S'
model t schemafull { n int; m option<int>; }
S
step init
gives 0 migrate up --create
sql 'CREATE t:1 SET n = 1; CREATE t:2 SET n = 2, m = 5; CREATE t:3 SET n = 3'
schema <<'S'
model t schemafull {
  n int; m option<int>; code string default 'x';
  unique code_ix (code);
}
S
step code
gives 7 migrate up
err '_code failed, nothing of it was changed'
err "3 rows would have the same in this index: ['x']"
err 'DEFINE INDEX code_ix ON t FIELDS code UNIQUE;'
sql 'SELECT * FROM t'
is "$answer" '[{"id":"t:1","n":1},{"id":"t:2","m":5,"n":2},{"id":"t:3","n":3}]'
gives 7 migrate up --rehearse
sql 'DELETE t:1, t:2'
gives 0 migrate up --rehearse
gives 0 migrate up
sql 'SELECT VALUE code FROM t'
is "$answer" '["x"]'

# Rows that the index would not have are no reason.
begin sparse
schema <<'S'
model t schemafull { n int; a option<string>; b option<array<int>>; }
S
step init
gives 0 migrate up --create
sql 'CREATE t:1 SET n = 1, b = []; CREATE t:2 SET n = 2, b = [];
     CREATE t:3 SET n = 3, a = "z", b = [1]'
schema <<'S'
model t schemafull {
  n int; a option<string>; b option<array<int>>; k int default 1;
  unique a_ix (a);
  unique ab_ix (a, b);
  unique b_ix (b);
}
S
step indexes
gives 0 migrate up
refused 'CREATE t:4 SET n = 4, a = "z"' "already contains 'z'"

# ---- one index, made anew ----------------------------------------------------

# On SurrealDB 2 REMOVE and DEFINE in one transaction conflict for ever with a
# pair that was rolled back.
begin index
schema <<'S'
model t schemafull { a string; b string; index ix (a); }
S
step init
gives 0 migrate up --create
sql "CREATE t:1 SET a = 'x', b = 'x'; CREATE t:2 SET a = 'x', b = 'y'"
schema <<'S'
model t schemafull { a string; b string; unique ix (b); }
S
step unique
gives 0 migrate up --rehearse
gives 0 migrate up --rehearse
gives 0 migrate up
sql "SELECT VALUE id FROM t WHERE b = 'y'"
is "$answer" '["t:2"]'
refused "CREATE t:3 SET a = 'x', b = 'x'" "already contains 'x'"
gives 0 migrate down
sql "CREATE t:3 SET a = 'x', b = 'x'; SELECT VALUE id FROM t WHERE a = 'x'"
is "$(echo "$answer" | tail -n 1)" '["t:1","t:2","t:3"]'

# ---- a view around a change of its rows --------------------------------------

begin view
schema <<'S'
model t schemafull { what string; size int; }
view per { what string; n int; } as SELECT what, count() AS n FROM t GROUP BY what;
S
step init
gives 0 migrate up --create
sql "CREATE t:1 SET what = 'x', size = 1; CREATE t:2 SET what = 'y', size = 2"
schema <<'S'
model t schemafull { what string; width int @was(size); more int default 1; }
view per { what string; n int; } as SELECT what, count() AS n FROM t GROUP BY what;
S
step width
gives 0 migrate up --rehearse
out 'rehearsed'
gives 0 migrate up
sql "CREATE t:3 SET what = 'y', width = 3; SELECT what, n FROM per ORDER BY what"
is "$(echo "$answer" | tail -n 1)" '[{"n":1,"what":"x"},{"n":2,"what":"y"}]'
# What does not fit is found all the same.
schema <<'S'
model t schemafull {
  what string; width int; more int; last int default 1 assert $value > 1;
}
view per { what string; n int; } as SELECT what, count() AS n FROM t GROUP BY what;
S
step fails
gives 7 migrate up
err 'nothing of it was changed'
sql "SELECT what, n FROM per ORDER BY what"
is "$answer" '[{"n":1,"what":"x"},{"n":2,"what":"y"}]'

sums_up trial
