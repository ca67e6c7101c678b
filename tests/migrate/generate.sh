#!/bin/sh
# tests/migrate/generate.sh BIN: `migrate generate` and `schema diff` on the
# command line, and two phases with an old and a new program between them.
. "$(dirname "$0")/lib.sh"
on_both "$@"

count() { ls migrations 2> /dev/null | grep -c .; }
has() # PATTERN TEXT
{
    # shellcheck disable=SC2086
    if grep -qF -- "$2" $1; then good; else bad "$1: no \`$2\`"; fi
}
# of_json EXPRESSION: of the JSON that was printed, as `a`
of_json()
{
    node -e 'const a = JSON.parse(require("fs").readFileSync(0, "utf8"));
        console.log('"$1"');' < "$tmp/.out"
}

# ---- what it says and writes -------------------------------------------------

begin verbs
schema <<'E'
model post schemafull { title string; handle option<string>; }
E
gives 2 migrate generate
err 'needs a name'
gives 1 schema diff
out '+ table post'
step first
out '+ table post'
out 'up: exact   down: lossy (post)'
gives 0 schema diff
is "$(cat "$tmp/.out")" ''
gives 0 migrate generate again
err 'nothing to do'
is "$(count)" 1
gives 0 migrate generate --empty by_hand
is "$(count)" 2
has 'migrations/*_by_hand/schema.snap' 'DEFINE FIELD title ON post TYPE string;'
rm -r migrations/*_by_hand

schema <<'E'
model post schemafull { title string; handle option<string>; n option<int>; }
E
gives 0 migrate generate --stdout not_written
out 'DEFINE FIELD n ON post TYPE option<int>;'
out 'REMOVE FIELD n ON post;'
is "$(count)" 1
gives 1 schema diff --format json
is "$(of_json 'a.changes.map((c) => c.op + c.kind + c.table + c.name +
    c.type_after).join()')" 'addfieldpostnoption<int>'
gives 0 migrate generate --format json second
is "$(of_json '[a.id, a.up, a.down, a.down_loses].join(" ")')" \
    "$(ls migrations | tail -n 1) exact lossy post.n"
is "$(sed -n 's/^-- parent:  \([^ ]*\) .*/\1/p' migrations/*_second/up.surql)" \
    "$(ls migrations | head -n 1)"
schema <<'E'
model post schemafull { title string; handle option<string>; n option<string>; }
E
export EDITOR='sed -i s/batch=1000/batch=7/'
gives 0 migrate generate --edit third
unset EDITOR
has 'migrations/*_third/up.surql' 'batch=7'
gives 2 migrate generate --phased --stdout x

schema <<'E'
model post schemafull { title string; handle option<string>;
  n option<string>; slug string; lines array<object>; }
E
gives 3 migrate generate required
err 'SG201: `post.slug` is new and required'
err "--backfill 'post.slug=EXPRESSION'"

# ---- renames -------------------------------------------------------------------

begin renames
schema <<'E'
model post schemafull {
  handle  option<string>;
  n int;
}
E
cat > schema/b.surql <<'E'
DEFINE TABLE log SCHEMAFULL;
DEFINE FIELD old ON log TYPE string;
E
step first
schema <<'E'
model post schemafull {
  nick  option<string>  comment 'short';
  n int;
}
E
sed -i 's/FIELD old/FIELD text/' schema/b.surql
gives 4 migrate generate second
err 'migrate generate: 2 decisions needed'
err "yes -> write   nick  option<string> @was(handle)  comment 'short';"
err "no  -> write   nick  option<string> @new  comment 'short';"
err 'schema/a.sg:3'
err 'yes -> write   -- @was(old)'
gives 4 migrate generate --no-input second
is "$(count)" 1
if command -v script > /dev/null; then
    printf 'what\ny\ny\n' | script -qec "$bin migrate generate second" \
        /dev/null > "$tmp/.out"
    out 'Was `nick` called `handle` before?'
    is "$(count)" 2
    has schema/a.sg "  nick  option<string> @was(handle)  comment 'short';"
    has schema/b.surql '-- @was(old)'
    gives 0 schema diff
    schema <<'E'
model post schemafull {
  name  option<string>;
  n int;
}
E
    SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 60))
    script -qec "$bin migrate generate third" /dev/null < /dev/null \
        > "$tmp/.out"
    is "$(count)" 2
    printf 'n\n' | script -qec "$bin migrate generate third" /dev/null \
        > "$tmp/.out"
    has schema/a.sg '  name  option<string> @new;'
    has 'migrations/*_third/up.surql' 'UNSET nick'
else
    skip 'no program `script` to make a terminal'
fi
schema <<'E'
model article @was(post) schemafull { n int; }
E
gives 4 migrate generate --no-input table
err 'the table `post` cannot be renamed to `article`'
err 'model post @c(name: article)'

# ---- variants ------------------------------------------------------------------

begin variants
schema <<'E'
enum state : string { open, gone = 'gone away' }
model item schemafull { s state; }
E
step first
gives 0 migrate up --create
sql "USE NS migrate DB variants; CREATE item:1 SET s = 'gone away';
    CREATE item:2 SET s = 'open'; CREATE item:3 SET s = 'open';"
schema <<'E'
enum state : string {
  open,
  left,
}
model item schemafull { s state; }
E
gives 4 migrate generate second --no-input
err 'Was `left` called `gone away` before?'
err "yes -> write   left @was('gone away')"
err 'no  -> write   left @new'
err 'the old one in 1 of 3 rows'
err 'schema/a.sg:4'
gives 4 migrate generate second --no-input --offline
if grep -q 'of 3 rows' "$tmp/.err"; then bad 'a server was asked'; else good; fi
if command -v script > /dev/null; then
    printf 'y\n' | script -qec "$bin migrate generate second" /dev/null \
        > "$tmp/.out"
    has schema/a.sg "  left @was('gone away'),"
    gives 0 migrate up
    sql "USE NS migrate DB variants; SELECT VALUE s FROM item;"
    is "$(tail -n 1 "$tmp/.sql")" '["left","open","open"]'
    gives 0 migrate down
    sql "USE NS migrate DB variants; SELECT VALUE s FROM item;"
    is "$(tail -n 1 "$tmp/.sql")" '["gone away","open","open"]'
else
    skip 'no program `script` to make a terminal'
fi
begin evidence
schema <<'E'
model post schemafull { handle option<string>; }
E
step first
gives 0 migrate up --create
sql "USE NS migrate DB evidence; CREATE post:1 SET handle = 'a';
    CREATE post:2;"
schema <<'E'
model post schemafull { handles option<string>; }
E
gives 4 migrate generate second --no-input
err 'the names are 85% alike; the same type; a value in 1 of 2 rows'
SURREAL_URL=ws://127.0.0.1:1 gives 4 migrate generate second --no-input
err 'the names are 85% alike; the same type'

# ---- hints that are spent --------------------------------------------------------

begin spent
schema <<'E'
enum state : string { open, gone }
model post schemafull { handle string; n int; s state; }
E
cat > schema/b.surql <<'E'
DEFINE TABLE log SCHEMAFULL;
DEFINE FIELD old ON log TYPE string;
E
step first
gives 0 fmt --spent-hints
is "$(cat "$tmp/.out")" ''
schema <<'E'
enum state : string { open, left @was(gone) }
model article @was(post) schemafull {
  nick string @was(handle) default 'x'; -- kept
  n int;
  s state;
  more option<int> @new;
}
E
cat > schema/b.surql <<'E'
DEFINE TABLE log SCHEMAFULL;
-- @was(old)
DEFINE FIELD text ON log TYPE string;
E
gives 0 fmt --spent-hints --check
step second --rewrite-links
gives 0 migrate generate third
err 'nothing to do'
err '5 hints (@was, @new) have done their work'
cp schema/a.sg before.sg
gives 1 fmt --spent-hints --check
out 'schema/a.sg:2: @was(gone)'
out 'schema/a.sg:7: @new'
out 'schema/b.surql:2: @was(old)'
is "$(cat before.sg)" "$(cat schema/a.sg)"
gives 0 fmt --spent-hints
is "$(sed 's/ @was([a-z]*)//; s/ @new//' before.sg)" \
    "$(cat schema/a.sg)"
is "$(cat schema/b.surql)" 'DEFINE TABLE log SCHEMAFULL;
DEFINE FIELD text ON log TYPE string;'
gives 0 migrate generate third
err 'nothing to do'
if grep -q 'done their' "$tmp/.err"; then bad 'still told'; else good; fi
# The old name is there again: the hint of the new one says something.
schema <<'E'
enum state : string { open, left }
model article schemafull {
  nickname string @was(nick); nick int default 1;
  n int; s state; more option<int>;
}
E
gives 0 fmt --spent-hints --check

# ---- what is not a difference ---------------------------------------------------

begin layout
schema <<'E'
function fn::f($x: int) { RETURN $x + 1; };
model post schemafull { n int assert $value > 0 AND $value < 9; }
E
step first
schema <<'E'
/* moved about */
model post schemafull { n int
  assert $value > 0   AND   $value < 9; }
function fn::f($x: int) {
  -- a comment
  RETURN $x + 1;
};
E
gives 0 schema diff
gives 0 migrate generate second
err 'nothing to do'
gives 0 schema check --offline
snap=$(echo migrations/*/schema.snap)
sed 's/$/\r/' "$snap" > crlf && cp crlf "$snap"
gives 0 schema diff
echo 'no definition' >> "$snap"
gives 3 schema diff

# ---- two phases -----------------------------------------------------------------

begin phased
schema <<'E'
model user schemafull { name string; handle string; n int; gone string; }
E
step first
sql 'DEFINE NAMESPACE IF NOT EXISTS migrate; USE NS migrate;
    DEFINE DATABASE IF NOT EXISTS phased;'
gives 0 migrate up
sql "USE NS migrate DB phased; CREATE user:1 SET name = 'a', handle = 'h1',
    n = 1, gone = 'g';"
schema <<'E'
model user schemafull {
  name string; nick string @was(handle); n string;
  need string @new default 'x'; unique nick_ix (nick);
}
E
step --phased both
is "$(count)" 3
has 'migrations/*_expand/up.surql' '-- phase:   expand'
has 'migrations/*_contract/up.surql' '-- phase:   contract'
gives 0 schema diff
expand=$(ls migrations | grep expand)
gives 0 migrate up --to "$expand"
# The old program and the new one, side by side.
sql "USE NS migrate DB phased; CREATE user:2 SET name = 'b', handle = 'h2',
    n = 2, gone = 'g'; CREATE user:3 SET name = 'c', nick = 'h3', n = '3';"
# The second one waits, whatever else is approved, and says for what.
contract=$(ls migrations | grep contract)
gives 4 migrate up --allow data-loss --allow SG301,SG303,SG204,SG305
err "$contract waits until no program of before runs any more"
err '--after-deploy'
gives 4 migrate lint --allow data-loss,SG204
err 'error SG305'
gives 0 migrate lint --allow data-loss,SG204 --after-deploy
gives 0 migrate up --dry-run
out "-- $contract waits for --after-deploy"
gives 0 migrate up --dry-run --after-deploy
out 'REMOVE FIELD'
gives 1 migrate status
out "$contract  waiting"
gives 1 migrate status --format json
out '"status": "waiting"'
gives 4 migrate up --format json
out '"waiting": "'"$contract"
out '"exit": 4'
gives 4 migrate up --rehearse --to "$contract"
gives 4 migrate up --fake --reason early
gives 0 migrate up --rehearse --allow data-loss,SG204 --after-deploy
out "rehearsed $contract"
gives 0 migrate up --after-deploy --allow data-loss --allow SG301,SG303,SG204
out "applied $contract"
sql "USE NS migrate DB phased; SELECT name, nick, n, need FROM user ORDER BY name"
is "$(echo "$answer" | tail -n 1)" \
    '[{"n":"1","name":"a","need":"x","nick":"h1"},{"n":"2","name":"b","need":"x","nick":"h2"},{"n":"3","name":"c","need":"x","nick":"h3"}]'
gives 0 migrate down --allow data-loss
sql "USE NS migrate DB phased; SELECT name, handle, nick FROM user ORDER BY name"
is "$(echo "$answer" | tail -n 1)" \
    '[{"handle":"h1","name":"a","nick":"h1"},{"handle":"h2","name":"b","nick":"h2"},{"handle":"h3","name":"c","nick":"h3"}]'

# What comes behind one that waits waits with it; what stands before does not.
begin waits
write before <<'E'
DEFINE PARAM $before VALUE 1;
E
before=$id
write takes <<'E'
-- phase: contract
DEFINE PARAM $takes VALUE 2;
E
takes=$id
write behind <<'E'
DEFINE PARAM $behind VALUE 3;
E
gives 4 migrate up --create
out "applied $before"
no_out "$takes"
no_out "$id"
err "$takes waits until"
gives 1 migrate status
out "$before  applied"
out "$takes   waiting"
out "$id  pending"
gives 4 migrate up
gives 4 migrate up --format json
out "\"waiting\": \"$takes\""
gives 0 migrate embed -o e.c
is "$(grep -c 'SURREAL_DOWN_[A-Z]*, 1 }' e.c)" 1
gives 0 migrate up --after-deploy
out "applied $takes"
out "applied $id"
gives 0 migrate status
gives 2 migrate down --after-deploy
write odd <<'E'
-- phase: later
DEFINE PARAM $odd VALUE 3;
E
gives 3 migrate up
err 'expected `expand` or `contract`'
# ---- behind a long chain ------------------------------------------------------

# Of all but the newest the header is read: damage behind it is for `check`,
# and the header of whatever surrealgen would not write is found all the same.
begin behind
schema <<'E'
model post schemafull { a string; }
E
step one
first=$(ls migrations)
schema <<'E'
model post schemafull { a string; b option<int>; }
E
step two
second=$(ls migrations | tail -n 1)
kept=$(cat "migrations/$first/up.surql")
schema <<'E'
model post schemafull { a string; b option<int>; c option<int>; }
E
echo 'DEFINE FIELD ( ON post;' >> "migrations/$first/up.surql"
gives 0 migrate generate --stdout three
out "-- parent:  $second"
gives 3 migrate check
err "$first/up.surql"
printf '/* Ours. */\n%s\n' "$kept" > "migrations/$first/up.surql"
gives 0 migrate generate --stdout three
out "-- parent:  $second"
echo "$kept" | sed 's/$/\r/' > "migrations/$first/up.surql"
gives 0 migrate generate --stdout three
echo "$kept" | sed "s/^-- parent:  none/-- parent:  $second 01234567/" \
    > "migrations/$first/up.surql"
gives 3 migrate generate --stdout three
err 'leads back to it'
echo "$kept" | sed '/^-- parent/d' > "migrations/$first/up.surql"
gives 3 migrate generate --stdout three
err 'the header has no `-- parent:`'
echo "$kept" > "migrations/$first/up.surql"
# The newest is read as a whole, and its checksum is that of the file as it is.
gives 0 migrate generate --stdout three
before=$(sed -n 's/^-- parent: *//p' "$tmp/.out")
echo 'DEFINE PARAM $more VALUE 1;' >> "migrations/$second/up.surql"
gives 0 migrate generate --stdout three
after=$(sed -n 's/^-- parent: *//p' "$tmp/.out")
is "${before% *}" "${after% *}"
if [ "$before" != "$after" ]; then good; else bad "checksum: $before"; fi
echo 'DEFINE FIELD ( ON post;' >> "migrations/$second/up.surql"
gives 3 migrate generate --stdout three
err "$second/up.surql"

sums_up generate
