#!/bin/sh
# tests/migrate/files.sh BIN: folders of migrations: what is read and refused,
# written, rebased and embedded. No server is needed.
#
#     UPDATE=1 files.sh BIN to write the expected files
#
# files/NAME.up is the text of an up.surql behind a header; files/NAME.case
# holds several files, each behind a line `=== path`. NAME.expect is what
# `migrate check` says of it: nothing when all is well.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
root=$(cd "$here/../.." && pwd)
tmp=$(mktemp -d) || exit 1
trap 'umount "$tmp/full" 2> /dev/null; chmod -R u+w "$tmp"; rm -rf "$tmp"' EXIT
unset SURREALGEN_MIGRATIONS VISUAL EDITOR
export SOURCE_DATE_EPOCH=1785585600
cd "$tmp" || exit 1

has() # FILE TEXT
{
    if grep -qF -- "$2" "$1"; then good; else bad "$1 has no \`$2\`"; fi
}
at() # SECONDS: what time it is from now on, behind 2026-08-01 12:00
{
    SOURCE_DATE_EPOCH=$((1785585600 + $1))
    export SOURCE_DATE_EPOCH
}
begin() # NAME: a folder of its own
{
    part=$1
    mkdir "$tmp/$1" && cd "$tmp/$1" || exit 1
    at 0
}
up_of() { echo migrations/*_"$1"/up.surql; }
# new NAME TEXT: a migration by hand with these statements and a way back
new()
{
    gives 0 migrate new "$1"
    printf '%s\n' "$2" >> "$(up_of "$1")"
    echo 'DELETE gone WHERE false;' >> "migrations/$(ls migrations |
        grep "_$1\$")/down.surql"
}

# ---- what is read --------------------------------------------------------------

wrap() # FILE: it behind a header, with the two other files
{
    id=20260801120000_case
    mkdir -p "migrations/$id"
    {
        printf -- '-- surrealgen migration 1\n-- id:      %s\n' "$id"
        printf -- '-- parent:  none\n-- target:  surrealdb >= 3.0\n'
        printf -- '-- up:      safe            down: safe\n\n'
        cat "$1"
    } > "migrations/$id/up.surql"
    echo 'DELETE gone WHERE false;' > "migrations/$id/down.surql"
    echo '-- surrealgen snapshot 1, surrealdb 3.0' \
        > "migrations/$id/schema.snap"
}
unpack() # FILE: the files in it
{
    awk '/^=== / { file = $2; dir = file; sub(/\/[^\/]*$/, "", dir)
                   system("mkdir -p " dir); printf "" > file; next }
         { print >> file }' "$1"
}
for file in "$here"/files/*.up "$here"/files/*.case; do
    name=$(basename "$file")
    part=files/$name
    mkdir -p "$tmp/case" && cd "$tmp/case" || exit 1
    case $name in *.up) wrap "$file" ;; *) unpack "$file" ;; esac
    expect=$here/files/${name%.*}.expect
    "$bin" migrate check --max-diags 0 > .out 2> said
    rc=$?
    want=0
    if grep -q ': error SG' said; then want=3; fi
    is $rc $want
    if [ "${UPDATE:-}" = 1 ]; then
        cp said "$expect"
    elif diff -u "$expect" said; then
        good
    else
        bad "not as expected"
    fi
    cd "$tmp" && rm -rf case
done

begin bytes
new a 'DEFINE TABLE a;'
at 60
new b 'DEFINE TABLE b;'
gives 0 migrate check
out '2 migrations, the newest is 20260801120100_b'
no_err
# What a checkout or an editor does to the parent is no edit.
up=$(up_of a)
cp "$up" kept
{ printf '\357\273\277'; sed 's/$/\r/' kept; } > "$up"
gives 0 migrate check
sed 's/DEFINE TABLE a;/define\n  \/* the first *\/ table a; -- done/' kept > "$up"
gives 0 migrate check
printf '%s' "$(cat kept)" > "$up"
gives 0 migrate check
sed 's/DEFINE TABLE a;/DEFINE TABLE A;/' kept > "$up"
gives 3 migrate check
err 'error SG808: the statements of `20260801120000_a` were edited since'
err 'up.surql:3:13'
gives 3 migrate check --format json
out '"code":"SG808"'
gives 3 migrate check --format sarif
out '"ruleId": "SG808"'
gives 3 migrate check --format github
out 'title=surrealgen SG808'
gives 3 migrate embed
err 'error SG808'
# It was never applied: take it as it is.
gives 0 migrate rebase 20260801120000
out 'nothing to do'
gives 0 migrate rebase b
out '20260801120100_b now follows 20260801120000_a as it was edited'
gives 0 migrate check
cp kept "$up"
gives 0 migrate rebase b
printf 'DEFINE TABLE \000;\n' > "$up"
gives 3 migrate check
err 'error SG1002'
printf 'DEFINE TABLE \351;\n' > "$up"
gives 3 migrate check
err 'error SG1001'
{ cat kept; head -c 8388609 /dev/zero | tr '\0' ' '; } > "$up"
gives 3 migrate check
err 'error SG1003: the file is larger than 8 MiB'
: > "$up"
gives 3 migrate check
err 'error SG805'
rm "$up"
mkdir "$up"
gives 3 migrate check
err 'error SG804: cannot be read: '
rmdir "$up"
ln -s nowhere "$up"
gives 3 migrate check
err 'error SG803'
rm "$up"
mv migrations/20260801120000_a elsewhere
ln -s ../elsewhere migrations/20260801120000_a
cp kept elsewhere/up.surql
gives 0 migrate check
gives 0 migrate check --migrations "$PWD/migrations"
gives 2 migrate check --migrations none
err 'there is no folder none'
mkdir none
gives 0 migrate check --migrations none
out 'none: no migration yet'
echo x > file
gives 7 migrate check --migrations file
err 'cannot read the folder of migrations, file:'
sed -i '/DELETE/d' migrations/*_b/down.surql
gives 0 migrate check
err 'warning SG817'
gives 1 migrate check --strict
# Nothing is forbidden to root, so somebody else tries.
chmod 0 migrations
if [ "$(id -u)" -ne 0 ]; then
    gives 7 migrate check
    err 'cannot read the folder of migrations, migrations: Permission denied'
elif setpriv --reuid 65534 --regid 65534 --clear-groups "$bin" --version \
    > /dev/null 2>&1; then
    setpriv --reuid 65534 --regid 65534 --clear-groups "$bin" migrate check \
        --migrations "$PWD/migrations" > "$tmp/.out" 2> "$tmp/.err"
    is $? 7
    err '/migrations: Permission denied'
else
    skip "an unreadable folder: root may read all"
fi
chmod 700 migrations

# ---- new -----------------------------------------------------------------------

begin new
gives 0 migrate new add_post
is "$(cat "$tmp/.out")" migrations/20260801120000_add_post/up.surql
has "$(up_of add_post)" '-- parent:  none'
has "$(up_of add_post)" '-- target:  surrealdb >= 3.0'
is "$(ls migrations/*)" 'down.surql
schema.snap
up.surql'
gives 3 migrate check
err 'error SG813'
echo 'DEFINE TABLE a;' >> "$(up_of add_post)"
echo 'DEFINE TABLE a TYPE NORMAL;' >> \
    "$(echo migrations/*_add_post/schema.snap)"
sed -i '/^-- schema/d' "$(up_of add_post)"
# The clock was set back: the new one is still the newer.
at -3600
gives 0 migrate new second
has "$(up_of second)" '-- id:      20260801120001_second'
grep -q '^-- parent:  20260801120000_add_post  [0-9a-f]\{8\}$' \
    "$(up_of second)" && good || bad "no parent line"
cmp -s migrations/*_add_post/schema.snap migrations/*_second/schema.snap &&
    good || bad "the snapshot was not carried over"
at 7200
gives 0 migrate new third --target 2.6
has "$(up_of third)" '-- target:  surrealdb >= 2.6'
gives 0 migrate new fourth
has "$(up_of fourth)" '-- target:  surrealdb >= 2.6'
is "$(ls migrations | wc -l | tr -d ' ')" 4
gives 2 migrate new
err 'wants one name'
gives 2 migrate new 'a b'
err '`a b` is no name for a migration'
gives 2 migrate new ../x
gives 2 migrate new ''
gives 2 migrate new -- -x
gives 2 migrate new "$(printf '%0130d' 0)"
gives 2 migrate new x --target 9
gives 2 migrate new fifth --edit
err 'set EDITOR'
cat > "$tmp/editor" <<'X'
#!/bin/sh
for last; do :; done
echo "DEFINE TABLE $1;" >> "$last"
X
chmod +x "$tmp/editor"
EDITOR="$tmp/editor edited" gives 0 migrate new "sixth" --edit
has "$(up_of sixth)" 'DEFINE TABLE edited;'
VISUAL=false EDITOR=true gives 7 migrate new seventh --edit
err '`false` did not end well'
gives 0 migrate new eighth --migrations "deep/er/it's"
[ -f "deep/er/it's/20260801140000_eighth/up.surql" ] && good || bad "no folder"
EDITOR="$tmp/editor quoted" gives 0 migrate new ninth --edit \
    --migrations "deep/er/it's"
has "$(echo deep/er/it\'s/*_ninth/up.surql)" 'DEFINE TABLE quoted;'

# ---- what goes wrong while writing -----------------------------------------------

left() { find "$1" -mindepth 1 -not -path '*/20260801120000_a*'; }
begin faults
new a 'DEFINE TABLE a;'
at 60
small() # ARG...: with no file larger than nothing, which a full disk is like
{
    # A file system that may hold no byte holds no message either: hence `cat`.
    (
        trap '' XFSZ
        ulimit -f 0
        "$bin" "$@" 2>&1
        echo "exit $?"
    ) | cat > "$tmp/.err"
    return "$(sed -n 's/^exit //p' "$tmp/.err")"
}
small migrate new b
is $? 7
err 'nothing was written'
is "$(left migrations)" ''
small migrate new b --migrations fresh
is $? 7
[ ! -e fresh ] && good || bad "an empty folder was left"
# Killed by the system in the middle: what was written is hidden and goes with
# the next run.
sh -c "ulimit -f 0; '$bin' migrate new b" > /dev/null 2>&1
is "$(ls migrations)" 20260801120000_a
gives 0 migrate check
mkdir migrations/.new-20260801115959_x
echo half > migrations/.new-20260801115959_x/up.surql
gives 0 migrate check
new b 'DEFINE TABLE b;'
is "$(ls -A migrations | wc -l | tr -d ' ')" 2
mkdir "$tmp/full"
if mount -t tmpfs -o size=64k tmpfs "$tmp/full" 2> /dev/null; then
    cp -r migrations "$tmp/full"
    dd if=/dev/zero of="$tmp/full/rest" bs=4096 count=99 2> /dev/null
    find "$tmp/full/migrations" > before
    gives 7 migrate new c --migrations "$tmp/full/migrations"
    err 'No space left on device; nothing was written'
    find "$tmp/full/migrations" > after
    cmp -s before after && good || bad "something was left on a full disk"
    rm "$tmp/full/rest"
    gives 0 migrate check --migrations "$tmp/full/migrations"
    umount "$tmp/full"
else
    skip "a full disk: no tmpfs can be mounted here"
fi
echo x > taken
gives 7 migrate new c --migrations taken
err 'cannot read the folder of migrations'
if [ -e /proc/self ]; then
    gives 7 migrate new c --migrations /proc/self/migrations
    err 'cannot make the folder /proc/self/migrations'
fi

# Eight at once: each is written, one behind the other.
begin at_once
new a 'DEFINE TABLE a;'
at 60
pids=
for i in 1 2 3 4 5 6 7 8; do
    "$bin" migrate new "n$i" > /dev/null 2> "said$i" &
    pids="$pids $!"
done
for pid in $pids; do
    if wait "$pid"; then good; else bad "one of eight did not end well"; fi
done
is "$(ls -A migrations | wc -l | tr -d ' ')" 9
for up in migrations/*_n?/up.surql; do echo 'DEFINE TABLE x;' >> "$up"; done
# They were edited after their children were made.
gives 3 migrate check
is "$(grep -c 'error SG801\|error SG814' "$tmp/.err")" 0

# ---- rebase ---------------------------------------------------------------------

# schema NAME TEXT: the migration to that schema
schema()
{
    echo "$2" > app.sg
    gives 0 migrate generate "$1" app.sg --no-input
}
# fork BASE: what was made since goes aside, to come back with `merge`
fork() { mkdir -p aside; for m in "$@"; do mv migrations/*_"$m" aside/; done; }
merge() { mv aside/* migrations/; }

begin rebase
schema init 'model post schemafull { title string; }
model user schemafull { nick string; }'
at 60
schema slug 'model post schemafull { title string; slug option<string>; }
model user schemafull { nick string; }'
fork slug
at 120
schema age 'model post schemafull { title string; }
model user schemafull { nick string; age option<int>; }'
at 180
schema tag 'model post schemafull { title string; }
model user schemafull { nick string; age option<int>; }
model tag schemafull { name string; }'
merge
gives 3 migrate check
err 'SG801: two migrations are the newest'
gives 3 migrate new other
err 'error SG801'
gives 2 migrate rebase nothing
err 'no migration is called `nothing`; there are:'
gives 2 migrate rebase age
err 'is not the end of a branch'
gives 2 migrate rebase 2026080112
err 'may be 4 migrations'
cp -r migrations two
gives 0 migrate rebase
out '20260801120200_age now follows 20260801120100_slug'
gives 0 migrate check
out 'the newest is 20260801120300_tag'
echo 'model post schemafull { title string; slug option<string>; }
model user schemafull { nick string; age option<int>; }
model tag schemafull { name string; }' > app.sg
gives 0 schema diff app.sg
has migrations/*_age/schema.snap 'FIELD slug ON post'
is "$(grep -c 'tag' migrations/*_age/schema.snap)" 0
gives 0 migrate rebase
out 'nothing to do'
gives 0 migrate rebase head~2
out '20260801120100_slug follows 20260801120000_init as it is; nothing to do'
gives 2 migrate rebase head~4
err 'no migration is called `head~4`; there are:'
# The other way round.
rm -r migrations
mv two migrations
gives 0 migrate rebase slug
out '20260801120100_slug now follows 20260801120300_tag'
gives 0 migrate check
gives 0 schema diff app.sg

begin conflict
schema init 'model post schemafull { title string; }'
at 60
schema one 'model post schemafull { title string; slug option<string>; }'
fork one
at 120
schema two 'model post schemafull { title string; slug option<int>; }'
merge
find migrations -type f -exec cksum {} + > before
gives 4 migrate rebase
err 'both branches change these:'
err 'field    post.slug'
err '20260801120100_one'
err '20260801120200_two'
err 'surrealgen migrate generate'
find migrations -type f -exec cksum {} + > after
cmp -s before after && good || bad "a refused rebase changed files"

begin conflict_table
schema init 'model post schemafull { title string; }
model user schemafull { nick string; }'
at 60
echo 'model user schemafull { nick string; }' > app.sg
gives 0 migrate generate gone app.sg --no-input
fork gone
at 120
schema slug 'model post schemafull { title string; slug option<string>; }
model user schemafull { nick string; }'
merge
gives 4 migrate rebase
err 'table    post'

begin common
schema init 'model post schemafull { title string; }'
at 60
schema one 'model post schemafull { title string; slug option<string>; }'
fork one
at 120
schema two 'model post schemafull { title string; likes option<int>; }'
fork two
at 180
schema three 'model user schemafull { nick string; }
model post schemafull { title string; }'
merge
gives 3 migrate check
is "$(grep -c 'error SG801' "$tmp/.err")" 2
gives 0 migrate rebase two
out '20260801120200_two now follows 20260801120300_three'
gives 0 migrate rebase two
out '20260801120300_three now follows 20260801120100_one'
err 'note: both branches change `post`'
gives 0 migrate check
is "$(grep -c '^DEFINE' migrations/*_two/schema.snap)" 6

# ---- embed ------------------------------------------------------------------------

begin embed
new init 'DEFINE TABLE post SCHEMAFULL COMMENT "what??!\\ \"é\"";
DEFINE FIELD slug ON post TYPE option<string>;

-- step: data post batch=500 quiet
-- where: slug = NONE
UPDATE $batch UNSET a, b.c WHERE x;

-- step: index post `slug ix`
DEFINE INDEX `slug ix` ON post FIELDS slug CONCURRENTLY;'
at 60
long=$(awk 'BEGIN { for (i = 0; i < 200; i++)
    printf "DEFINE FIELD f%d ON post TYPE option<string>; -- %c\n", i, 233 }' |
    tr '\351' 'e')
new long "-- step: tx touch=post,\`my table\`
UPDATE post UNSET f1; UPDATE post:1 UNSET f2; REMOVE TABLE old;
REMOVE TABLE IF EXISTS older; REMOVE TABLE view; DEFINE TABLE view AS
SELECT * FROM post;
$long"
at 120
gives 0 migrate new last
echo 'DEFINE TABLE more;' >> "$(up_of last)"
echo '-- irreversible: for the test' >> \
    "$(echo migrations/*_last/down.surql)"
sed -i 's/^-- target/-- replaces: 20260101000000_x, 20260102000000_y\n&/' \
    "$(up_of last)"
gives 0 migrate embed
has app_migrations.c 'const surreal_migrations app_migrations = { all, 3, 3 };'
has app_migrations.h 'extern const surreal_migrations app_migrations;'
gives 0 migrate embed --check
sed -i 's/all, 3/all, 4/' app_migrations.c
gives 1 migrate embed --check
out app_migrations.c
err '`surrealgen migrate embed` writes them'
gives 0 migrate embed -o src/gen/db.c --name db_steps --depfile db.d
has db.d 'src/gen/db.h src/gen/db.c:'
has db.d '/up.surql:'
has src/gen/db.c '#include "db.h"'
has src/gen/db.h 'extern const surreal_migrations db_steps;'
cp src/gen/db.c once.c
for f in migrations/*/*; do sed -i 's/$/\r/' "$f"; done
gives 0 migrate embed -o src/gen/db.c --name db_steps
cmp -s once.c src/gen/db.c && good || bad "line ends change what is embedded"
for f in migrations/*/*; do sed -i 's/\r$//' "$f"; done
gives 2 migrate embed --name 3x
err 'cannot be the name of a variable'
gives 2 migrate embed --name int
gives 2 migrate embed --name errno
mkdir none
gives 0 migrate embed --migrations none -o none.c --name none
has none.c 'const surreal_migrations none = { NULL, 0, 3 };'
cat > main.c <<'X'
#include "gen/db.h"
#include <stdio.h>
#include <string.h>
int main(void)
{
    size_t i, k;
    for (i = 0; i < db_steps.count; i++) {
        const surreal_migration *m = &db_steps.at[i];
        printf("%s %s %s %d %d\n", m->id, m->parent ? m->parent : "-",
               m->checksum, (int)m->replaces_count, (int)m->down_class);
        for (k = 0; k < m->up_count; k++) {
            const surreal_migration_step *s = &m->up[k];
            printf("%d %d %s %s %s %s %s %u %u %u\n", (int)s->kind,
                   strlen(s->text) == s->len && s->text[s->len - 1] == ';',
                   s->table ? s->table : "-", s->index ? s->index : "-",
                   s->where ? s->where : "-", s->touch ? s->touch : "-",
                   s->archive ? s->archive : "-",
                   (unsigned)s->line, (unsigned)s->batch,
                   (unsigned)s->is_quiet);
        }
    }
    fputs(db_steps.at[0].up[0].text, stdout);
    return 0;
}
X
sums=$(grep -o '"1:[0-9a-f]*",$' src/gen/db.c | tr -d '",' | sed -n '1~2p')
# shellcheck disable=SC2086
set -- $sums
cat > wanted <<X
20260801120000_init - $1 0 3
0 1 - - - - - 13 1000 0
1 1 post - slug = NONE - post.a, post.b.c 18 500 1
2 1 post slug ix - - - 21 1000 0
20260801120100_long 20260801120000_init $2 0 3
0 1 - - - post, \`my table\` post.f1, old 14 1000 0
20260801120200_last 20260801120100_long $3 2 4
0 1 - - - - - 14 1000 0
DEFINE TABLE post SCHEMAFULL COMMENT "what??!\\\\ \\"é\\"";
DEFINE FIELD slug ON post TYPE option<string>;
X
printf '%s' "$(cat wanted)" > want
strict='-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror'
for cc in "gcc -std=c99" "clang -std=c99" "g++ -std=c++17 -x c++" \
    "clang++ -std=c++17 -x c++" "g++ -std=c++11 -x c++"; do
    part="embed: $cc"
    if ! command -v "${cc%% *}" > /dev/null; then
        skip "${cc%% *} is not here"
        continue
    fi
    # shellcheck disable=SC2086
    if $cc $strict -I"$root" -Isrc main.c src/gen/db.c -o main \
        2> "$tmp/.err" && ./main > got && cmp -s want got; then
        good
    else
        diff want got
        bad "the C that was written"
    fi
done
part=embed
sed -i '/DEFINE TABLE more/d' "$(up_of last)"
gives 3 migrate embed -o src/gen/db.c --name db_steps
err 'error SG813'
cmp -s once.c src/gen/db.c && good || bad "a refused embed wrote a file"

sums_up migrate/files
