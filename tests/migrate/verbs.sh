#!/bin/sh
# tests/migrate/verbs.sh BIN: the verbs that run migrations, on real servers.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
on_both "$@"

# ---- up, status, history ---------------------------------------------------

begin plain
gives 6 migrate up
err 'help: --create makes what is not there'
gives 0 migrate up --create
out 'nothing to do: there is no migration in migrations'
schema <<'S'
model user schemafull { email string; name string; unique email_ix (email); }
model post schemafull { title string; author record<user>; }
S
step init
gives 1 migrate status
out '20260101000000_init  pending'
gives 0 migrate up --dry-run
out 'DEFINE TABLE user'
gives 1 migrate status
gives 0 migrate up --rehearse
out 'rehearsed 20260101000000_init'
out 'rolled back'
gives 1 migrate status
gives 0 migrate up
out 'applied 20260101000000_init ('
gives 0 migrate status
out '20260101000000_init  applied'
gives 0 migrate up
out 'nothing to do'
gives 0 migrate status --format json
out '"up_to_date": true'
out '"status": "applied"'
gives 0 migrate history
out 'up'
out '20260101000000_init'
out 'surrealgen '
gives 0 migrate history --format json
out '"action": "up"'
out '"took": "'
sql "CREATE user:1 SET email = 'a@x', name = 'A'; CREATE user:2 SET email = 'b@x', name = 'B'; CREATE post:1 SET title = 't', author = user:1;"

# ---- a second one, taken back ----------------------------------------------

schema <<'S'
model user schemafull {
  email string; name string; age int default 3; nick option<string>;
  unique email_ix (email);
}
model post schemafull { title string; author record<user>; }
S
step ages
gives 0 migrate up --steps 1
out 'applied 20260101000100_ages'
sql 'SELECT VALUE age FROM user'
is "$answer" '[3,3]'
sql "UPDATE user:1 SET nick = 'n'"
gives 0 migrate plan-rollback init
out '20260101000100_ages  lossy'
out 'user.nick: a value in 1 of 2 rows'
out 'REMOVE FIELD nick ON user;'
gives 0 migrate plan-rollback init --format json
out '"class": "lossy"'
out '"values": 1'
gives 4 migrate down
err 'loses what was written since'
err 'user.nick: a value in 1 of 2 rows'
err '--allow data-loss approves it'
gives 4 migrate rollback init --allow data-loss
err '--yes'
gives 0 migrate status
gives 0 migrate rollback init --allow data-loss --yes
out 'took back 20260101000100_ages'
sql 'SELECT * FROM user:1'
is "$answer" '[{"email":"a@x","id":"user:1","name":"A"}]'
gives 1 migrate status
out '20260101000100_ages  pending'
gives 0 migrate up
gives 0 migrate redo --allow data-loss
out 'took back 20260101000100_ages'
out 'applied 20260101000100_ages'
gives 2 migrate down --to nosuch
err 'nosuch'
gives 2 migrate up --to nosuch

# ---- what fails --------------------------------------------------------------

begin fails
schema <<'S'
model post schemafull { slug string; }
S
step init
gives 0 migrate up --create
sql "CREATE post:1 SET slug = 'hello'; CREATE post:2 SET slug = 'hello'; CREATE post:3 SET slug = 'x';"
schema <<'S'
model post schemafull { slug string; n int default 1; unique slug_ix (slug); }
S
step unique
gives 1 migrate dups post.slug
out '2 x'
out 'hello'
gives 4 migrate up
err 'SG204'
gives 7 migrate up --allow SG204
err '20260101000100_unique failed, nothing of it was changed'
err 'step 4 of 4, migrations/20260101000100_unique/up.surql:19'
err 'DEFINE INDEX slug_ix ON post FIELDS slug UNIQUE'
err '2 rows would have the same'
err 'hello'
err "surrealgen migrate dups 'post.slug'"
gives 1 migrate status
out '20260101000100_unique  pending'
sql 'UPDATE post:2 SET slug = "other"'
gives 0 migrate dups post.slug
gives 0 migrate up
gives 0 migrate status
write half <<'S'
-- step: tx
CREATE post:7 SET slug = 'seven';
-- step: data post batch=10
UPDATE $batch SET n = n + <int> slug;
S
gives 8 migrate up
err '_half failed, and what was done before stays'
err 'step 2 of 2'
err 'surrealgen migrate up` again; it begins with this step'
gives 1 migrate status
out '_half    partial (1 of 2 steps)'
sed -i 's/ + <int> slug//' migrations/*_half/up.surql
gives 0 migrate up
gives 0 migrate status
write broken <<'S'
CREATE post:9 SET slug = 'nine', n = 1;
CREATE post:9 SET slug = 'ten', n = 1;
S
gives 7 migrate up
err '_broken failed, nothing of it was changed'
err "CREATE post:9 SET slug = 'ten', n = 1;"
sql 'SELECT VALUE slug FROM post:9'
is "$answer" '[]'

# ---- edited, unknown, late ---------------------------------------------------

begin edited
schema <<'S'
model a schemafull { n int; }
S
step init
gives 0 migrate up --create
file=migrations/20260101000000_init/up.surql
{ echo '-- A licence, added later.'; tr 'A-Z' 'A-Z' < $file; } > up
sed 's/DEFINE TABLE/define   table/' up > $file
gives 0 migrate status
sed 's/int/float/' up > $file
gives 1 migrate status
out '20260101000000_init  edited'
schema <<'S'
model a schemafull { n int; m option<int>; }
S
cp up $file
step more
sed 's/int/float/' up > $file
gives 4 migrate up
err '20260101000000_init'
gives 4 migrate repair 20260101000000_init --reason 'a typo'
gives 0 migrate repair 20260101000000_init --reason 'a typo' --yes
gives 0 migrate history
out 'repair'
out 'a typo'
gives 2 migrate repair 20260101000000_init
err '--reason'
mv migrations/20260101000000_init gone
gives 3 migrate status
mv gone migrations/20260101000000_init

begin late
for columns in '' 'm option<int>;' 'm option<int>; k option<int>;'; do
    schema <<S
model a schemafull { n int; $columns }
S
    step s${#columns}
done
gives 0 migrate up --create
gives 0 migrate repair 20260101000100_s14 --forget --yes --reason 'a test'
gives 1 migrate status
out '20260101000100_s14  late'
out '20260101000200_s29  applied'
gives 4 migrate up
err '20260101000100_s14'
mv migrations/20260101000200_s29 gone
gives 1 migrate status
out '20260101000100_s14  pending'
out '20260101000200_s29  unknown'
gives 4 migrate up
err '20260101000200_s29'

# ---- lock, fake --------------------------------------------------------------

begin locked
schema <<'S'
model a schemafull { n int; }
S
step init
gives 0 migrate up --create
gives 0 migrate unlock
out 'there is no lock'
sql "CREATE _surrealgen_lock:migrate SET owner = 'x', held_by = 'deploy-7c9', host = 'deploy-7c9', pid = 14, since = time::now(), until = time::now() + 60s"
sql 'CREATE |a:5| SET n = 1'
schema <<'S'
model a schemafull { n int; m int default 2; }
S
step more
gives 5 migrate up --lock-wait 0
err 'another program is at the migrations'
err 'deploy-7c9'
gives 4 migrate unlock
err 'deploy-7c9'
gives 0 migrate unlock --yes --reason 'it is gone'
gives 2 migrate up --fake
err '--reason'
gives 0 migrate up --fake --reason 'made by hand'
out 'wrote down 20260101000100_more'
sql 'SELECT VALUE m FROM a LIMIT 1'
gives 0 migrate status
gives 0 migrate history
out 'made by hand'
out 'unlock'
gives 0 migrate repair 20260101000100_more --forget --yes --reason 'not so'
gives 1 migrate status

# ---- drift -------------------------------------------------------------------

begin drifted
schema <<'S'
model a schemafull { n int; }
model b schemafull { n int; }
S
step init
gives 0 migrate up --create
sql 'DEFINE FIELD by_hand ON b TYPE option<int>; DEFINE FIELD OVERWRITE n ON a TYPE float'
schema <<'S'
model a schemafull { n int; m option<int>; }
model b schemafull { n int; }
S
step elsewhere
gives 0 migrate up
err 'none of them in the way'
schema <<'S'
model a schemafull { n option<int>; m option<int>; }
model b schemafull { n int; }
S
step here
gives 4 migrate up
err 'somebody changed what it is about, since 20260101000100_elsewhere'
err '  a.n is defined otherwise'
gives 0 migrate up --allow drift
gives 0 migrate status

# ---- who may not -------------------------------------------------------------

begin rights
schema <<'S'
model a schemafull { n int; }
S
step init
gives 0 migrate up --create
schema <<'S'
model a schemafull { n int; m int default 2; }
S
step more
sql 'DEFINE USER look ON DATABASE PASSWORD "x" ROLES VIEWER'
SURREAL_USERNAME=look SURREAL_PASSWORD=x SURREALGEN_AUTH_LEVEL=database \
    gives 1 migrate status
SURREAL_USERNAME=look SURREAL_PASSWORD=x SURREALGEN_AUTH_LEVEL=database \
    gives 6 migrate up
gives 1 migrate status
out '20260101000100_more  pending'
SURREAL_PASSWORD=wrong gives 6 migrate up
SURREAL_URL=ws://127.0.0.1:9 gives 6 migrate up

sums_up verbs
