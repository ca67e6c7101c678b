#!/bin/sh
# tests/migrate/faults.sh BIN: what goes wrong while migrations run.
#
# Deployers at once, a tool or a server that is killed, connections that break,
# disks that are full, clocks that jump, people without rights, rows that are
# in the way: the end is what it would have been, or nothing was changed and
# the message says what to do. Only for a while: SURREAL_TEST_FAULTS="kill cut".
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
on_both "$@"

# wanted PART: whether it is to be run, in a folder of its own.
wanted()
{
    case " ${SURREAL_TEST_FAULTS:-$1} " in *" $1 "*) begin "$1" ;; *) false ;; esac
}

# chain: four migrations, of one step and of several, that would show it if
# anything of them were done twice, or not at all.
chain()
{
    schema < /dev/null
    write tables <<'S'
DEFINE TABLE before SCHEMAFULL;
DEFINE FIELD n ON before TYPE int;
DEFINE FIELD s ON before TYPE string;
DEFINE TABLE after SCHEMAFULL;
DEFINE FIELD made ON after TYPE bool;
DEFINE FIELD n ON after TYPE int;
CREATE |before:1..7| SET n = 1, s = 'x';
CREATE after SET made = true, n = 1;
S
    write steps <<'S'
-- step: tx touch=before
DEFINE FIELD twice ON before TYPE option<int>;
UPDATE before SET n += 10;
-- step: data before batch=3 quiet
UPDATE $batch SET n += 100, twice = n * 2;
-- step: tx
CREATE after SET made = true, n = 2;
-- step: data before batch=4
-- where: id != before:3
CREATE after CONTENT { made: true, n: array::len($batch) };
-- step: index before by_n
DEFINE INDEX by_n ON before FIELDS n CONCURRENTLY;
-- step: tx
UPDATE before SET n += 1000;
S
    write last <<'S'
UPDATE before SET s += 'y';
CREATE after SET made = true, n = 4;
S
}

# counts WHAT: what faults.mjs says, added up.
counts()
{
    node "$here/faults.mjs" "$bin" "$1" > "$tmp/.out" 2> "$tmp/.err"
    line=$(grep -E '^[0-9]+ passed, ' "$tmp/.out" | tail -n 1)
    if [ -z "$line" ]; then
        bad "faults.mjs $1 did not end"
        return
    fi
    grep -v "^$line\$" "$tmp/.out"
    # shellcheck disable=SC2086
    set -- $line
    passed=$((passed + $1)) failed=$((failed + $3))
}

# ---- the tool is killed, the connection, the server ---------------------------

for part in kill cut engine; do
    wanted $part || continue
    chain
    counts $part
done

sums_up faults
