#!/bin/sh
# tests/migrate/chains.sh BIN: what is about a chain as a whole, on real
# servers: `migrate check --dev-url`, baseline, snapshot, squash.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
on_both "$@"
export SURREAL_DEV_USERNAME="$SURREAL_TEST_USER"
export SURREAL_DEV_PASSWORD="$SURREAL_TEST_PASS"
dev="--dev-url $SURREAL_TEST_URL"
has() { if [ -e "$1" ]; then good; else bad "no $1"; fi; }
has_not() { if [ -e "$1" ]; then bad "there is $1"; else good; fi; }
# append NAME STATEMENT: to its up.surql.
append() { echo "$2" >> "$(echo migrations/*_"$1")/up.surql"; }
# What is made to try things on goes again, however a verb ends.
clean()
{
    sql 'INFO FOR ROOT'
    is "$(echo "$answer" | grep -c 'surrealgen_replay\|surrealgen_shadow')" 0
}

# ---- migrate check --dev-url ------------------------------------------------

begin replay
schema <<'S'
model post schemafull {
    title string;
    tags option<array<string>>;
    state 'draft' | 'live' default 'draft';
    unique title_ix (title);
}
model author schemafull { name string; }
S
step init
schema <<'S'
model post schemafull {
    title string assert string::len($value) > 0;
    tags option<array<string>>;
    state 'draft' | 'live' | 'gone' default 'draft';
    slug string default 'x';
    unique title_ix (title);
}
model author schemafull { name string; born option<datetime>; }
edge wrote from author to post { at datetime; }
S
step grow
schema <<'S'
model post schemafull {
    title string;
    state 'draft' | 'live' | 'gone' default 'draft';
    slug string default 'x';
    unique slug_ix (slug);
}
model author schemafull { name string; born option<datetime>; }
S
step shrink
# shellcheck disable=SC2086
gives 0 migrate check $dev
out '3 migrations'
clean
# A statement by hand that schema.snap does not know.
cp -r migrations kept
append shrink 'DEFINE FIELD stray ON author TYPE option<int>;'
# shellcheck disable=SC2086
gives 3 migrate check $dev
err 'is not what its migrations make'
err 'field author.stray'
clean
rm -r migrations && cp -r kept migrations
# A way down that leads elsewhere.
sed -i '/slug_ix/d' migrations/*_shrink/down.surql
sed -i 's/down: lossy.*/down: safe/' migrations/*_shrink/up.surql
# shellcheck disable=SC2086
gives 3 migrate check $dev
err 'does not lead back'
err 'slug_ix'
rm -r migrations && cp -r kept migrations
# A statement the server does not take.
append grow 'DEFINE FIELD late ON nowhere_at_all TYPE strin;'
# shellcheck disable=SC2086
gives 3 migrate check $dev
clean
rm -r migrations && cp -r kept migrations
gives 6 migrate check --dev-url ws://127.0.0.1:1
err 'SURREAL_DEV_USERNAME'
gives 0 migrate check

# ---- snapshots ---------------------------------------------------------------

gives 0 migrate up --create --allow data-loss
gives 0 migrate snapshot create before
out 'definitions'
has migrations/.snapshots/before.snap
gives 4 migrate snapshot create before
gives 2 migrate snapshot create ../out
gives 0 migrate snapshot compare before
out 'no drift'
gives 0 migrate snapshot compare head
sql 'DEFINE FIELD extra ON author TYPE int; REMOVE INDEX slug_ix ON post'
gives 1 migrate snapshot compare before
out '+ field author.extra'
out '- index post.slug_ix'
gives 0 migrate snapshot create after
gives 1 migrate snapshot compare before after
out '+ field author.extra  after only'
out '- index post.slug_ix  before only'
gives 1 migrate snapshot compare init head --format json
out '"kind": "index"'
gives 0 migrate snapshot compare migrations/.snapshots/before.snap before
gives 0 migrate snapshot list
out '_shrink'
out 'before  (taken of a database)'
gives 0 migrate snapshot list --format json
out '"of": "database"'
gives 2 migrate snapshot
gives 2 migrate snapshot compare before nothing_like_it
gives 0 migrate check
is "$("$bin" migrate status --format json | grep -c before)" 0

# ---- baseline ----------------------------------------------------------------

begin base
sql "DEFINE TABLE post SCHEMAFULL; DEFINE FIELD title ON post TYPE string;
     DEFINE FIELD tags ON post TYPE option<array<string>>;
     DEFINE INDEX title_ix ON post FIELDS title UNIQUE;
     DEFINE FUNCTION fn::hi() { RETURN 'hi' };
     DEFINE TABLE n AS SELECT count() AS n FROM post GROUP ALL;
     DEFINE USER me ON DATABASE PASSWORD 'x' ROLES OWNER;
     DEFINE ACCESS acc ON DATABASE TYPE RECORD;
     DEFINE ACCESS jwt ON DATABASE TYPE JWT ALGORITHM HS256 KEY 'secret';
     CREATE post SET title = 'a', tags = ['x'];"
gives 2 migrate baseline
gives 2 migrate baseline 'no name'
gives 0 migrate baseline init
err 'left out: user me'
err 'left out: access jwt'
out 'written down as applied'
if grep -rq secret migrations; then bad 'a secret is told'; else good; fi
gives 0 migrate status
out 'applied'
gives 0 migrate up
out 'nothing to do'
gives 1 schema check
out '+ access jwt'
gives 4 migrate baseline again
err 'begins a chain'
sql 'SELECT VALUE title FROM post'
is "$answer" '["a"]'
sql 'SELECT VALUE action FROM _surrealgen_log'
# It makes the same on an empty database.
# shellcheck disable=SC2086
gives 0 migrate check $dev
mv migrations other
gives 4 migrate baseline init
err 'has migrations already'
mv other migrations
export SURREAL_DATABASE=base_two
gives 0 migrate up --create --allow data-loss
gives 0 schema check
out 'no drift'

# ---- squash ------------------------------------------------------------------

begin squash
schema <<'S'
model post schemafull { title string; }
S
step one
schema <<'S'
model post schemafull { title string; slug string default 'x'; }
model author schemafull { name string; }
S
step two
schema <<'S'
model post schemafull { title string; slug string default 'x'; n option<int>; unique slug_ix (slug); }
model author schemafull { name string; }
S
step three
schema <<'S'
model post schemafull { title string; slug string default 'x'; n option<int>; unique slug_ix (slug); }
model author schemafull { name string; nick option<string>; }
S
step four
cp -r migrations chain
export SURREAL_DATABASE=squash_all
gives 0 migrate up --create --allow data-loss
export SURREAL_DATABASE=squash_some
gives 0 migrate up --create --steps 2
gives 2 migrate squash
gives 2 migrate squash three..one $dev
err 'does not come before'
gives 2 migrate squash one..one $dev
gives 4 migrate squash ..three
err '--dev-url'
# shellcheck disable=SC2086
gives 0 migrate squash ..three $dev --dry-run
out 'DEFINE TABLE post'
has_not migrations/.squashed
# shellcheck disable=SC2086
gives 0 migrate squash ..three $dev --name start
out '3 migrations in one'
clean
has migrations/.squashed/20260101000000_one/up.surql
is "$(ls migrations | wc -l)" 2
gives 0 migrate check
# shellcheck disable=SC2086
gives 0 migrate check $dev
# One that has them all has the squash; one that has none runs it; one in the
# middle is refused.
export SURREAL_DATABASE=squash_all
gives 0 migrate up
gives 0 migrate status
gives 0 schema check
export SURREAL_DATABASE=squash_none
gives 0 migrate up --create --allow data-loss
gives 0 schema check
out 'no drift'
export SURREAL_DATABASE=squash_some
"$bin" migrate up > "$tmp/.out" 2> "$tmp/.err"
[ $? -ne 0 ] && good || bad 'a database in the middle takes the squash'
sql 'INFO FOR TABLE author'
is "$(echo "$answer" | grep -c nick)" 0

# Kept where they are, the old ones are passed over.
rm -r migrations && cp -r chain migrations
# shellcheck disable=SC2086
gives 0 migrate squash ..three $dev --keep --name kept
out 'passed over'
has_not migrations/.squashed
has "$(echo migrations/*_one)/up.surql"
gives 0 migrate check
out '2 migrations'
export SURREAL_DATABASE=squash_all
gives 0 migrate up
gives 0 schema check
export SURREAL_DATABASE=squash_kept
gives 0 migrate up --create --allow data-loss
gives 0 migrate status
gives 0 schema check
gives 0 migrate new later
gives 3 migrate check
err SG813

# Rows: what changes them stands in the way.
rm -r migrations && cp -r chain migrations
write rows <<'S'
UPDATE post SET title = 'y';
CREATE author SET name = 'z';
S
step_id=$id
# shellcheck disable=SC2086
gives 4 migrate squash two..rows $dev
err 'UPDATE post'
err 'CREATE author'
err '-- elidable'
sed -i '1a -- elidable' "migrations/$step_id/up.surql"
# shellcheck disable=SC2086
gives 0 migrate squash two..rows $dev
gives 0 migrate check

# A table that was dropped and made again has lost its rows.
rm -r migrations && cp -r chain migrations
# (SurrealDB 3.0 does not make an index in the transaction that removed the
# table: it calls that a conflict.)
write drop <<'S'
-- step: tx
REMOVE TABLE post;
-- step: tx
DEFINE TABLE post TYPE NORMAL SCHEMAFULL;
DEFINE FIELD title ON post TYPE string;
DEFINE FIELD slug ON post TYPE string DEFAULT 'x';
DEFINE FIELD n ON post TYPE option<int>;
DEFINE INDEX slug_ix ON post FIELDS slug UNIQUE;
S
sed -i '1a -- elidable' "migrations/$id/up.surql"
# shellcheck disable=SC2086
gives 4 migrate squash two..drop $dev
err 'REMOVE TABLE post'
err 'its old rows would stay'
# From the very first there were no rows before.
# shellcheck disable=SC2086
gives 0 migrate squash ..drop $dev
# A chain that does not make its snapshot is found out.
rm -r migrations && cp -r chain migrations
append four 'DEFINE FIELD stray ON author TYPE option<int>;'
# shellcheck disable=SC2086
gives 4 migrate squash .. $dev
err 'does not make what'
err 'author.stray'
has_not migrations/.squashed
clean

sums_up chains
