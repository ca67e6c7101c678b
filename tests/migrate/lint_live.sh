#!/bin/sh
# tests/migrate/lint_live.sh BIN: what `migrate lint` asks a server: how many
# rows a statement is about, on both major versions.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
on_both "$@"

begin lint
schema <<'S'
enum state { draft, live, gone, never }
model user schemafull {
  name  string;
  nick  option<string>;
  memo  option<string>;
  state state;
  roles array<string>;
  best  option<record<post | photo>>;
}
model post schemafull { title string; author record<user>; score int; }
model photo schemaless {}
model spare schemafull { name string; }
model big schemafull { n int; }
model cart schemafull {
  lines array<object>; lines.*.qty int; lines.*.note option<string>;
  lines.*.text option<string>;
}
edge likes from user to post | photo schemafull { n option<int>; }
S
step init
write look < /dev/null
up=migrations/$id/up.surql
cp "$up" head
gives 0 migrate up --create --steps 1
sql "CREATE user:1 SET name = 'a', nick = 'n', state = 'gone', roles = ['x'], best = photo:1;
CREATE user:2 SET name = 'b', state = 'live', roles = [], best = post:1;
CREATE user:3 SET name = 'c', state = 'draft', roles = [];
CREATE post:1 SET title = 'same', author = user:1, score = 1;
CREATE post:2 SET title = 'same', author = user:2, score = 1;
CREATE post:3 SET title = 'other', author = user:1, score = 2;
CREATE photo:1;
RELATE user:1->likes->post:1; RELATE user:1->likes->photo:1;
RELATE user:2->likes->post:2;"

# looks CODE [OPTION...]: lint of the statements on stdin
looks()
{
    { cat head; cat; } > "$up"
    want=$1
    shift
    gives "$want" migrate lint --url "$SURREAL_TEST_URL" "$@"
}
silent() # CODE: nothing of it was said
{
    if grep -q "$1:" "$tmp/.err"; then bad "$1 is there"; else good; fi
}

# ---- what goes (SG1xx) -----------------------------------------------------

looks 4 <<'S'
REMOVE TABLE user;
REMOVE TABLE spare;
S
err 'error SG101: the table `user` goes, with 3 rows'
err 'post.author (3 rows)'
err 'likes (3 rows)'
if grep -q 'table `spare` goes' "$tmp/.err"; then bad "spare has rows"; else
    good
fi
looks 4 <<'S'
REMOVE FIELD nick ON user;
UPDATE user UNSET nick;
REMOVE FIELD memo ON user;
S
err 'error SG102: `user.nick` goes, with its values: 1 of 3 rows have one'
if grep -q 'user.memo' "$tmp/.err"; then bad "memo has values"; else good; fi
looks 4 <<'S'
DELETE post;
DELETE spare;
S
err 'error SG103: all 3 rows of `post` go'
if grep -q spare "$tmp/.err"; then bad "spare has rows"; else good; fi
looks 4 <<'S'
DEFINE FIELD OVERWRITE state ON user TYPE 'draft' | 'live' | 'never';
DEFINE FIELD OVERWRITE best ON user TYPE option<record<post>>;
S
err 'can no longer be '"'gone'"
err 'can no longer be photo'
err '1 rows have it'
looks 0 <<'S'
DEFINE FIELD OVERWRITE state ON user TYPE 'draft' | 'live' | 'gone';
S
silent SG104

looks 4 <<'S'
-- step: tx touch=user
DEFINE FIELD OVERWRITE state ON user TYPE 'draft' | 'live' | 'never';
S
err 'a row that has it stops the migration'

# ---- elements of arrays ----------------------------------------------------

sql "CREATE cart:1 SET lines = [{ qty: 1 }, { qty: 2, note: 'x' }];
CREATE cart:2 SET lines = [{ qty: 1 }]; CREATE cart:3 SET lines = [];"
looks 4 <<'S'
-- sg-allow SG206: there is no note
REMOVE FIELD lines.*.note ON cart;
-- sg-allow SG206: and no text
REMOVE FIELD lines.*.text ON cart;
S
err 'error SG102: `cart.lines.*.note` goes, with its values: 1 of 3 rows'
if grep -q 'lines.\*.text. goes' "$tmp/.err"; then bad "text has values"; else
    good
fi

# ---- rows that do not fit (SG2xx) ------------------------------------------

looks 4 <<'S'
DEFINE FIELD slug ON post TYPE string;
DEFINE FIELD slug ON spare TYPE string;
S
err 'error SG201: `post.slug`'
if grep -q spare.slug "$tmp/.err"; then bad "spare has rows"; else good; fi
looks 4 <<'S'
DEFINE INDEX title_ix ON post FIELDS title UNIQUE;
S
err 'error SG204: 1 value of `title` occurs more than once in `post`'
looks 0 <<'S'
DEFINE INDEX name_ix ON user FIELDS name UNIQUE;
DEFINE INDEX nick_ix ON user FIELDS nick UNIQUE;
DEFINE INDEX two_ix ON post FIELDS author, title UNIQUE;
S
silent SG204
# What counts as a value of two columns differs: see docs/migrations.md.
sql "UPDATE user:2, user:3 SET memo = 'm'"
case $major in
3) want=0 ;;
*) want=4 ;;
esac
looks $want <<'S'
DEFINE INDEX memo_ix ON user FIELDS memo, nick UNIQUE;
S
sql 'UPDATE user UNSET memo'
looks 4 <<'S'
DEFINE TABLE OVERWRITE likes TYPE RELATION IN user OUT post SCHEMAFULL;
S
err 'error SG208: 1 edges of `likes` do not fit'
sql 'DELETE likes WHERE record::tb(out) = "photo"'
looks 0 <<'S'
DEFINE TABLE OVERWRITE likes TYPE RELATION IN user OUT post ENFORCED SCHEMAFULL;
S
silent SG208
sql 'RELATE user:1->likes->post:99'
looks 4 <<'S'
DEFINE TABLE OVERWRITE likes TYPE RELATION IN user OUT post ENFORCED SCHEMAFULL;
S
err 'error SG208: 1 edges of `likes` do not fit'

# ---- size (SG5xx) ----------------------------------------------------------

looks 0 <<'S'
UPDATE post SET score = 0;
DEFINE INDEX score_ix ON post FIELDS score;
S
silent SG501
silent SG502
sql 'CREATE |big:50001| SET n = 1 RETURN NONE'
looks 0 <<'S'
UPDATE big SET n = 0;
DEFINE INDEX n_ix ON big FIELDS n;
S
err 'warning SG501: `big` has 50,001 rows'
err 'warning SG502: `big` has 50,001 rows'
looks 0 <<'S'
-- step: data big quiet
UPDATE $batch SET n = 0;
-- step: index big n_ix
DEFINE INDEX n_ix ON big FIELDS n CONCURRENTLY;
S
silent SG501
silent SG502

# ---- without one, and up ---------------------------------------------------

looks 4 --offline <<'S'
REMOVE TABLE spare;
S
err 'error SG101: the table `spare` goes, with its rows'
looks 4 <<'S'
REMOVE FIELD nick ON user;
UPDATE user UNSET nick;
S
gives 4 migrate up
err 'error SG102'
err '1 of 3 rows'
gives 0 migrate up --allow data-loss
err 'reason: --allow data-loss'
gives 0 migrate lint --url "$SURREAL_TEST_URL"
err 'no migration is pending'
gives 0 migrate lint --url "$SURREAL_TEST_URL" init
gives 4 migrate lint --offline
sql 'SELECT VALUE nick FROM user:1'
is "$answer" '[null]'
# ---- why there is a rule ---------------------------------------------------

# premise CODE ON_3 ON_2 STATEMENTS: what the server says to the last one: fine,
# or a part of its error. The rule stands on that.
premise()
{
    if [ "$major" = 3 ]; then want=$2; else want=$3; fi
    premises=$((premises + 1))
    printf '%s' "$4" | SURREAL_DATABASE=premise$premises \
        node "$engine/query.mjs" > "$tmp/.out" 2> "$tmp/.err"
    got=$?
    if [ "$want" = fine ]; then
        if [ $got -eq 0 ]; then good; else bad "$1: refused"; fi
    elif [ $got -ne 0 ] && cat "$tmp/.out" "$tmp/.err" | grep -qF "$want"; then
        good
    else
        bad "$1: not refused with \`$want\`"
    fi
}
premises=0
full='DEFINE TABLE t SCHEMAFULL; DEFINE FIELD a ON t TYPE int;'
premise SG104 "but found \`'y'\`" "Found 'y'" "$full
    DEFINE FIELD s ON t TYPE 'x' | 'y'; CREATE t:1 SET a = 1, s = 'y';
    DEFINE FIELD OVERWRITE s ON t TYPE 'x'; UPDATE t:1 SET a = 2;"
premise SG201 'found `NONE`' 'Found NONE' "$full CREATE t:1 SET a = 1;
    DEFINE FIELD d ON t TYPE int; UPDATE t:1 SET a = 2;"
premise 'SG201 below what may be missing' fine fine "$full
    DEFINE FIELD m ON t TYPE option<object>; CREATE t:1 SET a = 1;
    DEFINE FIELD m.k ON t TYPE string; UPDATE t:1 SET a = 2;"
premise SG202 'found `NONE`' 'Found NONE' "$full CREATE t:1 SET a = 1;
    DEFINE FIELD d ON t TYPE int DEFAULT 7; UPDATE t:1 SET a = 2;"
premise 'SG202 ALWAYS' fine fine "$full CREATE t:1 SET a = 1;
    DEFINE FIELD d ON t TYPE int DEFAULT ALWAYS 7; UPDATE t:1 SET a = 2;"
premise SG203 'but found `1`' 'Found 1' "$full CREATE t:1 SET a = 1;
    DEFINE FIELD OVERWRITE a ON t TYPE string; UPDATE t;"
premise SG205 'Found 1' 'Found 1' "$full CREATE t:1 SET a = 1;
    DEFINE FIELD OVERWRITE a ON t TYPE int ASSERT \$value > 5; UPDATE t:1;"
premise SG206 'no such field exists' fine "$full
    DEFINE FIELD y ON t TYPE string; CREATE t:1 SET a = 1, y = 'x';
    REMOVE FIELD y ON t; UPDATE t:1 SET a = 2;"
premise SG207 'found `NONE`' 'Found NONE' "$full CREATE t:1 SET a = 1;
    UPDATE t UNSET a;"
premise 'SG207 read-only' 'readonly' 'readonly' "$full
    DEFINE FIELD y ON t TYPE option<int> READONLY; CREATE t:1 SET a = 1, y = 1;
    UPDATE t UNSET y;"
premise SG208 'but found `c:1`' 'Found c:1' "
    DEFINE TABLE e TYPE RELATION IN a OUT b | c; RELATE a:1->e->c:1;
    DEFINE TABLE OVERWRITE e TYPE RELATION IN a OUT b; UPDATE e SET n = 1;"
premise 'SG208 ENFORCED is not looked at' fine fine "
    DEFINE TABLE e TYPE RELATION IN a OUT b; RELATE a:1->e->b:1;
    DEFINE TABLE OVERWRITE e TYPE RELATION IN a OUT b ENFORCED; UPDATE e;"
premise 'SG422 values that occur twice' fine fine "DEFINE TABLE t;
    CREATE t:1 SET a = 1; CREATE t:2 SET a = 2;
    BEGIN; UPDATE t SET a = 3; DEFINE INDEX i ON t FIELDS a UNIQUE; COMMIT;"
premise SG423 'already exists' fine "DEFINE TABLE t; CREATE t:1 SET a = 1;
    DEFINE TABLE v AS SELECT a, count() AS n FROM t GROUP BY a;
    DEFINE TABLE OVERWRITE v AS SELECT a, count() AS m FROM t GROUP BY a;"
premise SG424 'DEFAULT' fine "DEFINE TABLE t;
    DEFINE FIELD id ON t TYPE string DEFAULT 'x'; CREATE t;"
sums_up lint_live
