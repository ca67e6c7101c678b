#!/bin/sh
# tests/migrate/embed.sh BIN: programs that migrate themselves: the C file of
# `migrate embed`, run on real servers, next to the tool on the same database.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
on_both "$@"
root=$(cd "$here/../.." && pwd)
client=$(dirname "$bin")/surrealgen.d/db/client.o

begin embed
cat > program.c <<'X'
#include "app_migrations.h"
#include <stdio.h>
#include <string.h>

/* check: whether the schema is current. up: bring it there, or `to` an id. */
int main(int argc, char **argv)
{
    surreal *db = NULL;
    surreal_env env;
    surreal_error err;
    surreal_migrate_options how;
    surreal_migrate_report report;
    surreal_status status;
    bool current = false;

    memset(&env, 0, sizeof env);
    memset(&err, 0, sizeof err);
    memset(&how, 0, sizeof how);
    if (surreal_options_from_env("SURREAL_", &env, &err) != SURREAL_OK) {
        printf("%s\n", err.message);
        return 2;
    }
    if (surreal_open(env.url, &env.options, &db) != SURREAL_OK) {
        printf("%s\n", surreal_last_error(db)->message);
        return 6;
    }
    if (argc > 1 && strcmp(argv[1], "check") == 0) {
        status = surreal_migrate_check(db, &app_migrations, &current);
        printf("current: %d\n", (int)current);
    } else {
        how.to = argc > 1 ? argv[1] : NULL;
        how.by = "the program";
        status = surreal_migrate(db, &app_migrations, &how, &report);
        printf("done: %d\n", (int)report.done);
    }
    if (status != SURREAL_OK) printf("%s\n", surreal_last_error(db)->message);
    surreal_close(db);
    return status != SURREAL_OK;
}
X
program() # the newest chain in a program
{
    gives 0 migrate embed
    if ${CC:-cc} -std=c99 -Wall -Wextra -Wpedantic -Werror -I"$root" \
        program.c app_migrations.c "$client" -o program -lm -lpthread \
        2> "$tmp/.err"; then good; else bad "the program does not compile"; fi
}
runs() # CODE ARG...
{
    want=$1
    shift
    ./program "$@" > "$tmp/.out" 2> "$tmp/.err"
    is $? "$want"
}

schema <<'S'
model post schemafull { title string; }
S
step init
gives 0 migrate up --create
sql "FOR \$i IN 1..=2500 { CREATE post SET title = 'T' };"
program
runs 0 check
out 'current: 1'
runs 0
out 'done: 0'

# Rows in batches, in the program.
schema <<'S'
model post schemafull { title string; slug option<string>; }
S
step slug
write fill <<'S'
-- step: data post batch=400 quiet
-- where: slug = NONE
UPDATE $batch SET slug = string::lowercase(title);
S
schema <<'S'
model post schemafull { title string; slug string; index slug_ix (slug); }
S
gives 0 migrate check --format json
echo '-- irreversible: nobody asks for it back' >> "migrations/$id/down.surql"
step tight
program
runs 0 check
out 'current: 0'
runs 0 "$(basename migrations/*_slug)"
out 'done: 1'
gives 1 migrate status
out 'pending'
# Eight at once: each ends well, and each migration is applied once.
pids=
for i in 1 2 3 4 5 6 7 8; do
    ./program > "said$i" 2>&1 &
    pids="$pids $!"
done
for pid in $pids; do
    if wait "$pid"; then good; else bad "one of eight did not end well"; fi
done
is "$(cat said? | awk '/^done: / { n += $2 } END { print n }')" 2
cat said? | grep -v '^done: ' > "$tmp/.err"
no_err
runs 0 check
out 'current: 1'
gives 0 migrate status
gives 0 migrate history
out 'the program'
sql 'SELECT VALUE count() FROM post WHERE slug = "t" GROUP ALL;'
case $answer in *2500*) good ;; *) bad "rows: $answer" ;; esac

# An edit of what was applied is seen by the program, a comment is none.
up=$(echo migrations/*_slug/up.surql)
cp "$up" kept
sed 's/^DEFINE/-- a remark\ndefine/' kept > "$up"
program
runs 0 check
out 'current: 1'
sed 's/option<string>/option<string | int>/' kept > "$up"
gives 3 migrate embed
err 'error SG808'
for m in migrations/*_fill; do
    gives 0 migrate rebase "$(basename "$m")"
done
program
runs 0 check
out 'current: 0'
runs 1
out 'edited'
cp kept "$up"

# ---- what goes is kept, when that is asked for ---------------------------------

begin archive
schema <<'S'
model post schemafull { title string; slug option<string>; note option<string>; }
model gone schemafull { n int; }
S
step init
gives 0 migrate up --create
sql "CREATE post:1 SET title = 'a', slug = 's1'; CREATE post:2 SET title = 'b';
CREATE gone:1 SET n = 7;"
schema <<'S'
model post schemafull { title string; note option<string>; }
S
step less
gives 0 migrate up --archive --allow data-loss,SG101,SG102
sql 'SELECT of, column, record, old FROM _surrealgen_attic ORDER BY of;'
case $answer in *'"s1"'*) good ;; *) bad "no column kept: $answer" ;; esac
case $answer in *'"n":7'*) good ;; *) bad "no record kept: $answer" ;; esac
case $answer in *post:2*) bad "what was not there is kept: $answer" ;;
*) good ;; esac

sums_up embed
