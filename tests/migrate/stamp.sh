#!/bin/sh
# tests/migrate/stamp.sh BIN: a program asks whether the database has the schema
# it was generated from. The constant is made by `generate`, the row by `up`:
# both have to come to the same hash.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
on_both "$@"
root=$(cd "$here/../.." && pwd)
client=$(dirname "$bin")/surrealgen.d/db/client.o

begin stamp
cat > program.c <<'X'
#include "shop.h"
#include <stdio.h>
#include <string.h>

int main(void)
{
    static const char *const words[] = {"unknown", "equal", "older", "newer",
                                        "untracked"};
    surreal *db = NULL;
    surreal_env env;
    surreal_error err;
    surreal_schema_report report;

    memset(&env, 0, sizeof env);
    memset(&err, 0, sizeof err);
    if (surreal_options_from_env("SURREAL_", &env, &err) != SURREAL_OK
        || surreal_open(env.url, &env.options, &db) != SURREAL_OK
        || surreal_schema_check(db, &shop_schema, &report) != SURREAL_OK) {
        printf("failed: %s\n", db ? surreal_last_error(db)->message
                                  : err.message);
        surreal_close(db);
        return 2;
    }
    printf("%s: %s\n", words[report.state], report.message);
    surreal_close(db);
    return report.state != SURREAL_SCHEMA_EQUAL;
}
X
program() # NAME, from the schema as it is now
{
    gives 0 generate --prefix shop
    if ${CC:-cc} -std=c99 -Wall -Wextra -Wpedantic -Werror -I"$root" \
        program.c shop.c "$client" -o "$1" -lm -lpthread 2> "$tmp/.err"
    then good; else bad "the program does not compile"; fi
}
says() # PROGRAM CODE WORD
{
    ./"$1" > "$tmp/.out" 2> "$tmp/.err"
    is $? "$2"
    out "$3: "
}

schema <<'S'
model post schemafull { title string; }
S
step init
program one
sql 'RETURN 1;'
says one 1 untracked
out 'migrate baseline'
gives 0 migrate up --create
says one 0 equal
out '_init makes it'

# Layout is no difference, and neither are comments.
schema <<'S'
// What is written.
model post schemafull {
  title string; // and its name
}
S
cp shop.c before.c
gives 0 generate --prefix shop
gives 0 generate --prefix shop --check
is "$(grep -c "$(grep -o '"1:[0-9a-f]*"' before.c)" shop.c)" 1

schema <<'S'
model post schemafull { title string; slug option<string>; }
S
program two
says two 1 older
out 'migrate generate'
step slug
says two 1 older
says one 0 equal
gives 0 migrate up
says two 0 equal
out '_slug makes it'
says one 1 newer
out '_slug (the newest there)'

# A migration by hand that changes rows only: the schema is the same.
write rows <<'S'
-- step: tx
UPDATE post SET slug = title WHERE slug = NONE;
S
echo '-- irreversible: nobody asks for it back' >> "migrations/$id/down.surql"
gives 0 migrate up
says two 0 equal
out '_rows makes it'

# A program that migrates itself writes the same hash.
gives 0 migrate embed
is "$(grep -c "$(grep -o '"1:[0-9a-f]*"' shop.c)" app_migrations.c)" 2

sums_up stamp
