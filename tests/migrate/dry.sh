#!/bin/sh
# tests/migrate/dry.sh BIN: what --dry-run prints is what a run does. Its
# requests are sent by hand, one after the other; the catalogue and the history
# are then those of a run, but for times and who it was.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
on_both "$@"

quiet_url=$SURREAL_URL
dry() # VERB...: prints, without a server
{
    unset SURREAL_URL
    gives 0 "$@" --dry-run
    no_err
    cp "$tmp/.out" printed.surql
    gives 0 "$@" --dry-run --format json
    cp "$tmp/.out" printed.json
    SURREAL_URL=$quiet_url
    export SURREAL_URL
    # Both forms are of the same requests.
    node -e '
        const fs = require("fs");
        const json = JSON.parse(fs.readFileSync("printed.json", "utf8"));
        const text = fs.readFileSync("printed.surql", "utf8")
            .split(/^-- request .*\n/m).slice(1);
        const bare = (s) => s.split("\n").filter((l) => l).join("\n");
        const same = json.requests.length === text.length
            && json.requests.every((r, i) => bare(r.text)
                === bare(r.kind === "again" ? text[i].replace(/^-- /gm, "")
                                            : text[i]));
        process.exit(same ? 0 : 1)' && good || bad 'text and JSON differ'
}
by_hand() # DATABASE: sends what was printed
{
    rm -rf parts
    mkdir parts
    awk '/^-- request / { n++ } { print > sprintf("parts/%03d", n) }' \
        printed.surql
    home=$SURREAL_DATABASE
    export SURREAL_DATABASE="$1"
    for request in parts/*; do
        SURREAL_USERNAME=$SURREAL_TEST_USER \
            SURREAL_PASSWORD=$SURREAL_TEST_PASS \
            node "$engine/query.mjs" "$request" > "$tmp/.out" 2> "$tmp/.err"
        code=$?
        case $(head -n 1 "$request") in
        *'rolled back'*)
            # The server tells of the first statement, not of the THROW.
            if [ $code -eq 1 ] && tail -n 3 "$request" | grep -q '^THROW' &&
                grep -q -e 'surrealgen: ' -e 'failed transaction' "$tmp/.out"
            then good; else bad "$request: not rolled back"; fi ;;
        *) if [ $code -eq 0 ]; then good; else bad "$request"; fi ;;
        esac
    done
    export SURREAL_DATABASE="$home"
}
told() # DATABASE FILE: what is there, and what is written down
{
    home=$SURREAL_DATABASE
    export SURREAL_DATABASE="$1"
    rm -f "$2.surql"
    gives 0 schema pull -o "$2.surql"
    sql 'SELECT * OMIT applied_at, applied_by, run, server FROM
            _surrealgen_migration ORDER BY id;
         SELECT action, migration, checksum, reason, at FROM _surrealgen_log
            ORDER BY at;
         SELECT VALUE owner FROM _surrealgen_lock;
         SELECT * FROM product ORDER BY id;'
    printf '%s\n' "$answer" | sed 's/"at":"[^"]*"//g; s/"took":[^,}]*//g' \
        > "$2.rows"
    export SURREAL_DATABASE="$home"
}
same()
{
    told by_hand hand
    told "$SURREAL_DATABASE" run
    if cmp -s hand.surql run.surql && [ -s run.surql ]; then good
    else diff hand.surql run.surql; bad "$1: the catalogues differ"; fi
    if cmp -s hand.rows run.rows && [ -s run.rows ]; then good
    else diff hand.rows run.rows; bad "$1: the history differs"; fi
}

begin dry
schema <<'S'
model product schemafull { name string; }
S
step init
schema <<'S'
model product schemafull {
  title string @was(name);
  stock int default 0;
  sku   option<string>;
  unique sku_ix (sku);
}
S
step stock
write rows <<'S'
-- step: tx
CREATE product:1 SET title = 'it''s a "cup"';
-- step: index product title_ix
DEFINE INDEX title_ix ON product FIELDS title CONCURRENTLY;
S
cat >> "migrations/$id/down.surql" <<'S'
-- step: tx
REMOVE INDEX title_ix ON product;
DELETE product;
S
sed -i "s/it''s/its/" "migrations/$id/up.surql"
dry migrate up
grep -q 'CREATE \$srl_id CONTENT \$srl_row' printed.surql && good ||
    bad 'no row is written'
grep -q "^LET \$srl_id = _surrealgen_migration:" printed.surql && good ||
    bad 'the variables are not there'
grep -q '^-- LET \$srl_cursor' printed.surql && good || bad 'no next batch'
by_hand by_hand
gives 0 migrate up --create
same up
# The tool takes the one for the other.
SURREAL_DATABASE=by_hand gives 0 migrate status
SURREAL_DATABASE=by_hand gives 0 migrate up
out 'nothing to do'

# With a server it says what is left: nothing, and on the way back all of it.
gives 0 migrate up --dry-run --url "$SURREAL_URL"
out 'nothing to do'
gives 0 migrate up --dry-run --url "$SURREAL_URL" --format json
out '"requests": []'

dry migrate down
by_hand by_hand
gives 0 migrate down --allow data-loss --allow irreversible
same down
dry migrate up
gives 0 migrate up --dry-run --url "$SURREAL_URL"
out '_rows'
no_out '_stock,'

# Back to the beginning, from what is there; without a server all would be.
gives 0 migrate down --to init --dry-run --url "$SURREAL_URL"
cp "$tmp/.out" printed.surql
no_out '_rows'
by_hand by_hand
gives 0 migrate down --to init --allow data-loss
same 'down --to'

# ---- what it does not tell -------------------------------------------------

begin dry_secret
write user <<'S'
-- step: tx
DEFINE USER reports ON DATABASE PASSWORD 'in-the-open' ROLES VIEWER;
DEFINE ACCESS api ON DATABASE TYPE JWT ALGORITHM HS512 KEY 'in-the-open-too';
DEFINE TABLE key;
DEFINE PARAM $key VALUE 'told';
S
echo '-- irreversible: nobody asks for it back' >> "migrations/$id/down.surql"
dry migrate up
if grep -n 'in-the-open' printed.*; then bad 'a secret is told'; else good; fi
is "$(grep -c "'\[REDACTED\]'" printed.surql)" 2
grep -q "VALUE 'told'" printed.surql && good || bad 'too much is hidden'
unset SURREAL_URL
gives 4 migrate down --dry-run
err 'irreversible'
gives 2 migrate up --dry-run --to nowhere

sums_up dry
