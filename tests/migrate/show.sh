#!/bin/sh
# tests/migrate/show.sh BIN: `schema show`, of files and of a database, and
# `schema diff A B` between files, folders, snapshots and migrations.
. "$(dirname "$0")/lib.sh"
on_both "$@"

# of_json EXPRESSION: of the JSON that was printed, as `a`
of_json()
{
    node -e 'const a = JSON.parse(require("fs").readFileSync(0, "utf8"));
        console.log('"$1"');' < "$tmp/.out"
}

# ---- schema show --------------------------------------------------------------

begin show
schema <<'E'
model person schemafull { name string; boss option<record<person>>; }
model post schemafull {
  title string assert string::len($value) > 2;
  author record<person>;
  tags array<string> default [];
  others array<record<post | person>> default [];
  unique title_ix (title);
  event told when $event = 'CREATE' then { CREATE log };
}
edge wrote from person to post schemafull { at datetime; }
view by_author { author record<person>; n int; }
  as SELECT author, count() AS n FROM post GROUP BY author;
model `odd name` { a int; }
E
gives 0 schema show
is "$(awk '$1 == "post" { print $2, $3, $4, $5, $6 }' "$tmp/.out")" \
    'normal schemafull 4 1 1'
is "$(awk '$1 == "wrote" { print $2, $3, $4, $5, $6 }' "$tmp/.out")" \
    'relation person -> post schemafull'
out 'by_author  view'
gives 0 schema show --format json
is "$(of_json 'a.tables.map((t) => [t.name, t.kind, t.schemafull, t.columns,
    t.indexes, t.events].join(":")).join(" ")')" \
    'by_author:view:false:0:0:0 odd name:normal:true:1:0:0 person:normal:true:2:0:0 post:normal:true:4:1:1 wrote:relation person -> post:true:1:0:0'
gives 0 schema show post
out 'title   string'
out 'ASSERT string::len($value) > 2'
out 'title_ix  FIELDS title UNIQUE'
out 'told  WHEN'
out '  author -> person'
out '  <- post.others'
out '  edge wrote, relation person -> post'
gives 0 schema show person
out '  <- person.boss'
out '  <- post.author'
gives 0 schema show 'odd name'
out 'a  int'
gives 0 schema show post --format json
cp "$tmp/.out" files.json
is "$(of_json '[a.name, a.kind, a.schemafull, a.columns.map((c) => c.name + " "
    + c.type).join("|"), a.indexes[0].name, a.events[0].name].join(", ")')" \
    'post, normal, true, author record<person>|others array<record<post | person>>|tags array<string>|title string, title_ix, told'
is "$(of_json 'a.links_to.map((l) => l.column + ">" + l.to).join() + " " +
    a.links_from.map((l) => l.table + "." + l.column).join() + " " +
    a.edges.map((e) => e.name).join()')" \
    'author>person,others>post,others>person post.others wrote'
gives 2 schema show pots
err 'did you mean `post`?'
gives 2 schema show a b
err '--schema'
: > schema/a.sg
gives 0 schema show
is "$(cat "$tmp/.out")" ''
echo 'model {' > schema/a.sg
gives 3 schema show

# What a database has: the same, but for what the server adds by itself.
gives 6 schema show --live
err 'no namespace'
sql "DEFINE NAMESPACE IF NOT EXISTS migrate; USE NS migrate;
    DEFINE DATABASE IF NOT EXISTS show; USE DB show;
    DEFINE TABLE person SCHEMAFULL; DEFINE FIELD name ON person TYPE string;
    DEFINE TABLE wrote TYPE RELATION FROM person TO post;
    DEFINE TABLE post SCHEMAFULL; DEFINE FIELD author ON post
    TYPE record<person>; DEFINE INDEX author_ix ON post FIELDS author;"
gives 0 schema show --live
is "$(awk '$1 == "post" { print $2, $3, $4, $5, $6 }' "$tmp/.out")" \
    'normal schemafull 1 1 0'
gives 0 schema show person --live --format json
is "$(of_json '[a.columns[0].type, a.links_from[0].table, a.edges[0].kind]
    .join(", ")')" 'string, post, relation person -> post'
SURREAL_PASSWORD=wrong gives 6 schema show --live

# ---- schema diff A B ----------------------------------------------------------

begin two
schema <<'E'
model post schemafull { title string; n int default 0; }
E
cp -r schema old
step one
schema <<'E'
model post schemafull { title option<string>; added option<int>; n int default 0; }
E
step two
gives 1 schema diff old schema
cp "$tmp/.out" way
is "$(cat way)" "+ field post.added          option<int>
~ field post.title          string  ->  option<string>"
gives 1 schema diff schema old
out '- field post.added'
gives 0 schema diff schema 'schema/*.sg'
is "$(cat "$tmp/.out")" ''
gives 0 schema diff schema schema/a.sg
# Each kind of side means the same.
first=$(ls migrations | head -n 1)
for a in old old/a.sg one head~1 "migrations/$first" "$first" \
    "migrations/$first/schema.snap"; do
    for b in schema two head; do
        gives 1 schema diff "$a" "$b"
        is "$(cat "$tmp/.out")" "$(cat way)"
    done
done
gives 1 schema diff one two --format json
is "$(of_json 'a.changes.map((c) => c.op + " " + c.kind + " " + c.table + "." +
    c.name).join()')" 'add field post.added,change field post.title'
printf '%s\r\n' "$(cat "migrations/$first/schema.snap")" | tr -d '\r' |
    sed 's/$/\r/' > crlf.snap
gives 0 schema diff crlf.snap one
gives 2 schema diff nobody old
err 'no migration is called `nobody`'
gives 7 schema diff nowhere/a.sg old
err 'cannot read nowhere/a.sg'
gives 2 schema diff a b c
err 'compares two'
echo 'model {' > bad.sg
gives 3 schema diff old bad.sg
gives 3 schema diff bad.sg old
echo 'no definition' >> "migrations/$first/schema.snap"
gives 3 schema diff "migrations/$first/schema.snap" old

sums_up show
