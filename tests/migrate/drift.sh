#!/bin/sh
# tests/migrate/drift.sh BIN [DIR]: `schema check` and `schema validate` on
# real servers, of both majors, as users with all rights and with fewer.
#
# DIR holds VERDICTS-*.txt and schemas/*.surql, of other people, never part of
# this project: each file a server takes, applied and then compared with
# itself, must show no drift.
corpus=${2:-${SURREAL_TEST_CORPUS:-../shared/corpus}}
case $corpus in /*) ;; *) corpus=$PWD/$corpus ;; esac
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
on_both "$bin" "$corpus"
export SURREAL_NAMESPACE=drift

# as USER LEVEL COMMAND...: the password of all users is x.
as()
{
    user=$1 level=$2
    shift 2
    SURREAL_USERNAME=$user SURREAL_PASSWORD=x SURREALGEN_AUTH_LEVEL=$level "$@"
}

# ---- a project, applied ----------------------------------------------------

mkdir schema
cat > surrealgen.toml <<END
schema = ["schema/*.surql"]
target = "$major.0"
END
cat > schema/a.surql <<'END'
DEFINE ANALYZER words TOKENIZERS blank FILTERS lowercase;
DEFINE FUNCTION fn::short($x: option<string>) { RETURN string::slice($x ?? "", 0, 3); };
DEFINE PARAM $limit VALUE 10;
DEFINE PARAM $short VALUE fn::short("abcd");
DEFINE PARAM $since VALUE time::now();
DEFINE TABLE person SCHEMALESS PERMISSIONS FOR select FULL FOR update WHERE id = $auth.id;
DEFINE TABLE post SCHEMAFULL;
DEFINE FIELD title ON post TYPE string ASSERT string::len($value) > 0;
DEFINE FIELD tags ON post TYPE option<array<string>>;
DEFINE FIELD n ON post TYPE int DEFAULT (1 + 2) * 3;
DEFINE FIELD ttl ON post TYPE duration DEFAULT 7d;
DEFINE FIELD state ON post TYPE 'draft' | "live" DEFAULT "draft";
DEFINE FIELD lines ON post TYPE array<object>;
DEFINE FIELD lines.*.qty ON post TYPE int;
DEFINE INDEX title_ix ON post FIELDS title UNIQUE;
DEFINE EVENT made ON post WHEN $event = "CREATE" THEN { CREATE log SET at = time::now(); };
DEFINE TABLE wrote TYPE RELATION IN person OUT post SCHEMAFULL;
DEFINE TABLE count_of AS SELECT count() AS n FROM post GROUP ALL;
DEFINE ACCESS account ON DATABASE TYPE RECORD
    SIGNUP ( CREATE person SET name = $name ) SIGNIN ( SELECT * FROM person WHERE name = $name )
    DURATION FOR TOKEN 7d, FOR SESSION 12h;
END
sql "DEFINE USER nso ON NAMESPACE PASSWORD 'x' ROLES OWNER"
gives 4 schema check
err 'was applied to this database'
gives 0 migrate generate init
gives 0 migrate up
gives 0 schema check
out 'no drift'
gives 0 schema validate
out 'no drift'

# Users of a database are in no migration: a password in a file is refused.
sql "DEFINE USER dbo ON DATABASE PASSWORD 'x' ROLES OWNER;
     DEFINE USER dbe ON DATABASE PASSWORD 'x' ROLES EDITOR;
     DEFINE USER dbv ON DATABASE PASSWORD 'x' ROLES VIEWER;"
gives 0 schema check
out 'nothing of consequence, 3 objects differ'
out '+ user dbo'
gives 1 schema check --fail-on info

# ---- every kind of user finds the same -------------------------------------

sql "DEFINE FIELD OVERWRITE title ON post TYPE string;
     DEFINE INDEX tmp_ix ON post FIELDS ttl;
     REMOVE EVENT made ON post;
     DEFINE FUNCTION OVERWRITE fn::short(\$x: option<string>) { RETURN \$x; };
     DEFINE TABLE stray; DEFINE FIELD a ON stray TYPE int;"
look()
{
    out 'drift, 8 objects differ from migration 2'
    out '~ field post.title'
    out '+ index post.tmp_ix'
    out '- event post.made'
    out '~ function fn::short'
    out '+ table stray'
    no_out 'stray.a'
    no_out 'post.n '
    no_out '_surrealgen'
}
gives 1 schema check
look
out 'adopt the live state:   surrealgen schema check --print adopt'
[ "$major" = 2 ] || out 'in a database that was rolled back'
as nso namespace gives 1 schema check
look
as dbo database gives 1 schema check
look
[ "$major" = 2 ] || out 'in this database, rolled back'
as dbe database gives 1 schema check
look
[ "$major" = 2 ] || out 'in this database, rolled back'
as dbv database gives 1 schema check
look
out 'by the texts of the definitions'
out '--dev-url'
as nobody database gives 6 schema check
env -u SURREAL_USERNAME -u SURREAL_PASSWORD "$bin" schema check > .out 2> .err
is $? 6
err 'SURREAL_USERNAME'
sql 'INFO FOR NS'
is "$(grep -c surrealgen_shadow .sql)" 0
sql 'INFO FOR DB'
is "$(grep -o 'surrealgen_shadow' .sql)" ''

# A server to try on: on SurrealDB 2 the words of a server are known then.
export SURREAL_DEV_USERNAME=$SURREAL_TEST_USER
export SURREAL_DEV_PASSWORD=$SURREAL_TEST_PASS
as dbv database gives 1 schema check --dev-url "$SURREAL_TEST_URL"
look
out "in a database that was rolled back"
gives 6 schema check --dev-url ws://127.0.0.1:1
err '--dev-url'
sql 'INFO FOR ROOT'
is "$(grep -o 'surrealgen_shadow' .sql)" ''

# ---- what it says ----------------------------------------------------------

gives 1 schema check --format json
out '"change": "changed"'
out '"severity": "error"'
out '"kind": "function"'
out '"live": "DEFINE INDEX tmp_ix ON post FIELDS ttl"'
gives 1 schema check --show-diff
out '-    ASSERT string::len($value) > 0'
out '+DEFINE INDEX tmp_ix ON post'
gives 1 schema check --fail-on error
gives 2 schema check --fail-on nothing
gives 1 schema check --print restore
out 'REMOVE INDEX tmp_ix ON post;'
out 'REMOVE TABLE stray;'
out 'DEFINE EVENT made ON post'
out 'DEFINE FIELD OVERWRITE title ON post'
no_out 'drift'
cp .out restore.surql
gives 1 schema check --print adopt
out 'REMOVE EVENT made ON post;'
out 'DEFINE FIELD OVERWRITE title ON post TYPE string;'
gives 1 schema validate
out 'from the schema files'
gives 1 schema check --against init
out 'from migration 2'
gives 2 schema check --against nothing-of-that-name

# The statements it prints do what they say.
SURREAL_USERNAME=$SURREAL_TEST_USER node "$engine/query.mjs" restore.surql \
    > .sql 2>&1 || bad "restore: $(cat .sql)"
gives 0 schema check

# A comment is of no consequence, a permission a warning.
sql "DEFINE FIELD OVERWRITE ttl ON post TYPE duration DEFAULT 7d COMMENT 'x'"
gives 0 schema check
out '~ field post.ttl'
out 'nothing of consequence, 4 objects differ'
sql "DEFINE FIELD OVERWRITE ttl ON post TYPE duration DEFAULT 7d
     PERMISSIONS FOR select NONE"
gives 1 schema check
gives 0 schema check --fail-on error
sql "DEFINE FIELD OVERWRITE ttl ON post TYPE duration DEFAULT 7d"

# ---- without a server ------------------------------------------------------

gives 0 schema pull -o dump.surql
gives 0 schema check --from dump.surql
out 'nothing of consequence, 3 objects'
sed '/title_ix/d' dump.surql > dump2.surql
gives 1 schema check --from dump2.surql
out '- index post.title_ix'
sql 'INFO FOR DB; INFO FOR TABLE post; INFO FOR TABLE person;
     INFO FOR TABLE wrote; INFO FOR TABLE count_of'
{ echo '['; sed '$!s/$/,/' .sql; echo ']'; } > dump.json
gives 0 schema check --from dump.json
gives 7 schema check --from nothing.surql
echo 'nothing here' > empty.surql
gives 7 schema check --from empty.surql
err 'defines nothing'
unset_url=$SURREAL_URL
SURREAL_URL=ws://127.0.0.1:1
gives 6 schema check
gives 0 schema check --from dump.surql
gives 0 schema check --offline
touch -d '2001-01-01' schema/a.surql
gives 0 schema check --offline
echo '-- a comment' >> schema/a.surql
gives 0 schema check --offline
echo 'DEFINE FIELD extra ON post TYPE option<int>;' >> schema/a.surql
gives 1 schema check --offline
out 'are not what'
gives 0 schema check --hook
out 'schema check --offline'
cp .out hook.sh
sh -n hook.sh && good || bad 'the hook is no shell script'
SURREAL_URL=$unset_url

# ---- half way, and further than we know ------------------------------------

sql "UPDATE _surrealgen_migration SET status = 'partial', steps_done = 0"
gives 4 schema check
err 'was applied in part'
sql "UPDATE _surrealgen_migration SET status = 'applied', steps_done = 1"
mv migrations elsewhere
mkdir migrations
gives 3 schema check
err 'is not in migrations'
rmdir migrations
mv elsewhere migrations

# ---- what other people write -----------------------------------------------

verdicts=$(ls "$corpus"/VERDICTS-*.txt 2> /dev/null | head -n 1)
if [ -z "$verdicts" ]; then
    echo "skipped: no corpus of schema files at $corpus"
    skipped=$((skipped + 1))
else
    count=0 taken=0
    for file in "$corpus"/schemas/*.surql; do
        name=$(basename "$file")
        count=$((count + 1))
        export SURREAL_DATABASE="corpus_$count"
        # What a server does not take as a whole is no schema to compare with;
        # SurrealDB 2 still reads DEFINE SCOPE, which we do not.
        node "$engine/query.mjs" "$file" > .sql 2>&1 || continue
        grep -q 'DEFINE SCOPE' "$file" && continue
        # One that names another database (USE), or rolls itself back.
        "$bin" schema pull -o pulled.surql 2> .err
        [ -s pulled.surql ] || continue
        taken=$((taken + 1))
        # On SurrealDB 2 it is the texts alone, whoever asks.
        levels='root file database'
        [ "$major" = 3 ] || levels=root
        for level in $levels; do
            options='' user=$SURREAL_TEST_USER pass=$SURREAL_TEST_PASS
            case $level in
            database)
                sql "DEFINE USER u ON DATABASE PASSWORD 'x' ROLES OWNER;"
                user=u pass=x options='--auth-level database' ;;
            file)
                "$bin" schema pull -o pulled.surql 2> .err
                options='--from pulled.surql' ;;
            esac
            # shellcheck disable=SC2086
            SURREAL_USERNAME=$user SURREAL_PASSWORD=$pass \
                "$bin" schema validate "$file" $options \
                --format json > .out 2> .err
            [ $? -lt 2 ] || bad "$name as $level"
            # Tables that rows have made are no mistake, nor is the user.
            node -e '
                const all = JSON.parse(require("fs").readFileSync(0, "utf8"));
                const more = all.differences.filter((d) =>
                    !(d.kind === "user" && d.name === "u") &&
                    !(d.kind === "table" && d.change === "extra" &&
                      d.live.endsWith(
                          "TYPE ANY SCHEMALESS PERMISSIONS NONE")));
                console.log(JSON.stringify(more, null, 1));
                process.exit(more.length ? 1 : 0)' \
                < .out > .more 2>&1 && good || {
                bad "$name as $level: false drift"
                cat .more
            }
        done
    done
    [ $taken -ge 15 ] && good || bad "only $taken files were compared"
fi

sums_up drift
