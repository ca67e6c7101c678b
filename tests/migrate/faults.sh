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
CREATE before:1, before:2, before:3, before:4, before:5, before:6, before:7
    SET n = 1, s = 'x';
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

# ---- the tool is killed, the connection, the server -------------------------

for part in kill cut engine; do
    wanted $part || continue
    chain
    counts $part
done

# ---- deployers at once ------------------------------------------------------

# deploy N: so many at once; each says 0, and each migration is applied by one.
deploy()
{
    pids=''
    for n in $(seq "$1"); do
        "$bin" migrate up --create > "out.$n" 2> "err.$n" < /dev/null &
        pids="$pids $!"
    done
    codes=''
    for pid in $pids; do
        wait "$pid"
        codes="$codes $?"
    done
    cat err.* > "$tmp/.err" # seen if something failed
    cat out.* > "$tmp/.out"
    is "$(echo "$codes" | tr -d ' 0')" ''
    for m in migrations/*; do
        is "$(grep -c "^applied $(basename "$m") " "$tmp/.out")" 1
    done
    rm out.* err.*
    sql 'SELECT VALUE n FROM before; SELECT VALUE n FROM after ORDER BY n;
         SELECT action, migration FROM _surrealgen_log ORDER BY migration;
         SELECT VALUE status FROM _surrealgen_migration;
         SELECT * FROM _surrealgen_lock;'
    is "$answer" "$once"
}

if wanted deployers; then
    chain
    gives 0 migrate up --create
    sql 'SELECT VALUE n FROM before; SELECT VALUE n FROM after ORDER BY n;
         SELECT action, migration FROM _surrealgen_log ORDER BY migration;
         SELECT VALUE status FROM _surrealgen_migration;
         SELECT * FROM _surrealgen_lock;'
    once=$answer
    is "$(echo "$once" | head -n 2)" "$(printf '%s\n%s' \
        '[1111,1111,1111,1111,1111,1111,1111]' '[1,2,2,4,4]')"
    for round in 1 2 3; do
        for many in 2 8; do
            export SURREAL_DATABASE="deploy_${many}_$round"
            part="$many deployers"
            deploy $many
        done
    done
fi

# ---- Ctrl-C -----------------------------------------------------------------

# stopped CODE CONDITION SIGNAL...: `up` until its row is so, then the signals.
# It runs in the foreground, and with SIGINT as it is in one, or it would ignore
# that when this script is started behind an `&`.
stopped()
{
    want=$1 until=$2
    shift 2
    rm -f pid
    {
        for n in $(seq 100); do
            sql "RETURN (SELECT VALUE $until FROM _surrealgen_migration:⟨$id⟩)[0]"
            [ "$answer" = true ] && break
            sleep 0.1
        done
        for signal in "$@"; do kill -"$signal" "$(cat pid)"; done
    } &
    sh -c 'echo $$ > pid; exec env --default-signal=INT "$0" migrate up' \
        "$bin" > "$tmp/.out" 2> "$tmp/.err" < /dev/null
    is $? "$want"
    wait
}

if wanted interrupt; then
    schema < /dev/null
    write tables <<'S'
DEFINE TABLE t SCHEMAFULL;
DEFINE FIELD n ON t TYPE int;
CREATE |t:400| SET n = 1;
S
    gives 0 migrate up --create
    # Batches of a fifth of a second.
    write slow <<'S'
-- step: tx
UPDATE t SET n += 10;
-- step: data t batch=10
UPDATE $batch SET n += 100 + (sleep(20ms) ?? 0);
-- step: tx
UPDATE t SET n += 1000;
S
    stopped 130 'rows > 10' INT
    err 'stopping behind the transaction'
    err 'migrate up: interrupted'
    err "$id is half way"
    err 'surrealgen migrate up'
    gives 1 migrate status
    out 'partial (1 of 3 steps)'
    gives 0 migrate unlock
    out 'there is no lock'
    sql 'SELECT VALUE n FROM t WHERE n = 111 LIMIT 1;
         SELECT VALUE n FROM t WHERE n = 11 LIMIT 1'
    is "$answer" "$(printf '[111]\n[11]')"

    part='interrupt, twice'
    stopped 143 'rows > 60' TERM TERM
    gives 0 migrate up
    sql 'RETURN array::group((SELECT VALUE n FROM t))'
    is "$answer" '[1111]'
    gives 0 migrate status
fi

# ---- who looks on sees it go on ---------------------------------------------

if wanted progress; then
    schema < /dev/null
    write tables <<'S'
DEFINE TABLE t SCHEMAFULL;
DEFINE FIELD n ON t TYPE int;
CREATE |t:500| SET n = 1;
S
    gives 0 migrate up --create
    write fill <<'S'
-- step: data t batch=100
UPDATE $batch SET n += 1;
S
    if command -v script > /dev/null; then
        script -qec "'$bin' migrate up" seen < /dev/null > "$tmp/.out" 2>&1
        tr '\r' '\n' < seen > "$tmp/.out"
        out 'step 1 of 1: 100 of 500 rows'
        out 'step 1 of 1: 500 of 500 rows'
        out "applied $id"
    else
        skip 'the line of progress: no `script` to make a terminal'
        gives 0 migrate up
    fi
    sql 'RETURN array::group((SELECT VALUE n FROM t))'
    is "$answer" '[2]'
fi

# ---- files: edited, two heads, out of order ---------------------------------

# branch NAME: back to what both branches have in common.
branch() { rm -rf migrations && cp -r "$1" migrations; }

if wanted files; then
    schema <<'S'
model a schemafull { n int; }
S
    step init
    gives 0 migrate up --create
    cp -r migrations base
    first=$(basename migrations/*)
    part='files, edited'
    sed 's/TYPE int/TYPE float/' "base/$first/up.surql" \
        > "migrations/$first/up.surql"
    gives 4 migrate up
    err "$first"
    gives 1 migrate status
    out "$first  edited"
    sql 'INFO FOR TABLE a'
    is "$(echo "$answer" | grep -c float)" 0
    # What no token is may change.
    { echo '-- A licence.'; sed 's/DEFINE/define/; s/$/\r/' \
        "base/$first/up.surql"; } > "migrations/$first/up.surql"
    gives 0 migrate up
    gives 0 migrate status

    part='files, two heads'
    branch base
    schema <<'S'
model a schemafull { n int; ours option<int>; }
S
    step ours
    ours=$(basename migrations/*_ours)
    mv "migrations/$ours" .
    schema <<'S'
model a schemafull { n int; theirs option<int>; }
S
    step theirs
    theirs=$(basename migrations/*_theirs)
    mv "$ours" migrations
    gives 3 migrate check
    err 'SG801'
    err "$ours"
    err "$theirs"
    gives 3 migrate up
    err 'SG801'
    sql 'INFO FOR TABLE a; SELECT VALUE record::id(id) FROM _surrealgen_migration'
    is "$(echo "$answer" | tail -n 1)" "[\"$first\"]"
    is "$(echo "$answer" | grep -c 'ours')" 0
    schema <<'S'
model a schemafull { n int; ours option<int>; theirs option<int>; }
S
    gives 0 migrate rebase "$theirs"
    gives 0 migrate check
    gives 0 migrate up
    gives 0 migrate status
    sql 'INFO FOR TABLE a'
    is "$(echo "$answer" | grep -c 'ours.*theirs')" 1

    part='files, out of order'
    export SURREAL_DATABASE=order
    branch base
    gives 0 migrate up --create
    schema <<'S'
model a schemafull { n int; early option<int>; }
S
    step early
    early=$(basename migrations/*_early)
    mv "migrations/$early" .
    schema <<'S'
model a schemafull { n int; late option<int>; }
S
    step late
    late=$(basename migrations/*_late)
    gives 0 migrate up
    out "applied $late"
    # The branch that began before it is merged after it was deployed.
    mv "$early" migrations
    gives 3 migrate up
    err 'SG801'
    schema <<'S'
model a schemafull { n int; early option<int>; late option<int>; }
S
    gives 0 migrate rebase "$early"
    gives 0 migrate check
    gives 1 migrate status
    gives 0 migrate up
    out '_early ('
    no_out "applied $late"
    gives 0 migrate status
    sql 'INFO FOR TABLE a; SELECT VALUE action FROM _surrealgen_log'
    is "$(echo "$answer" | grep -c 'early.*late')" 1
    is "$(echo "$answer" | tail -n 1)" '["up","up","up"]'
fi

# ---- rows in the way --------------------------------------------------------

if wanted rows; then
    schema <<'S'
model p schemafull { slug string; size int; }
S
    step init
    gives 0 migrate up --create
    sql "CREATE p:1 SET slug = 'a', size = 1; CREATE p:2 SET slug = 'a', size = 2;
         CREATE p:3 SET slug = 'b', size = 300"
    part='rows, duplicates'
    schema <<'S'
model p schemafull {
  slug string; size int; seen int default 0;
  unique slug_ix (slug);
}
S
    step unique
    id=$(basename migrations/*_unique)
    gives 4 migrate up
    err 'SG204'
    sql 'INFO FOR TABLE p; SELECT * FROM p:1'
    is "$(echo "$answer" | grep -c 'seen\|slug_ix')" 0
    # Approved, it fails when it is tried, before the first of its steps.
    gives 7 migrate up --allow SG204
    err "$id failed, nothing of it was changed"
    err 'DEFINE INDEX slug_ix ON p FIELDS slug UNIQUE'
    err "surrealgen migrate dups 'p.slug'"
    gives 1 migrate status
    out "$id  pending"
    gives 1 migrate dups p.slug
    out '2 x'
    sql "UPDATE p:2 SET slug = 'c'"
    gives 0 migrate dups p.slug
    gives 0 migrate up
    out "applied $id"
    sql 'SELECT VALUE seen FROM p'
    is "$answer" '[0,0,0]'

    # What is built beside the traffic cannot be tried.
    part='rows, half way'
    sql 'UPDATE p:2 SET size = 1'
    write half <<'S'
-- step: tx
UPDATE p SET seen += 1;
-- step: index p size_ix
DEFINE INDEX size_ix ON p FIELDS size UNIQUE CONCURRENTLY;
S
    gives 8 migrate up --allow SG204
    err "$id failed, and what was done before stays"
    err 'to go on'
    gives 1 migrate status
    out 'partial (1 of 2 steps)'
    gives 8 migrate up --allow SG204
    sql 'UPDATE p:2 SET size = 2'
    gives 0 migrate up
    sql 'SELECT VALUE seen FROM p'
    is "$answer" '[1,1,1]'

    part='rows that do not fit'
    schema <<'S'
model p schemafull {
  slug string; size int assert { $value < 100 }; seen int default 0;
  unique slug_ix (slug);
}
S
    step small
    gives 7 migrate up
    err '_small failed, nothing of it was changed'
    err 'p:3'
    sql 'INFO FOR TABLE p'
    is "$(echo "$answer" | grep -c '100')" 0
    gives 7 migrate up --rehearse
    err 'p:3'
    sql 'UPDATE p:3 SET size = 3'
    gives 0 migrate up
    sql 'INFO FOR TABLE p'
    is "$(echo "$answer" | grep -c '100')" 1
fi

# ---- rights -----------------------------------------------------------------

# as USER CODE: `up` as somebody else.
as()
{
    SURREAL_USERNAME=$1 SURREAL_PASSWORD=x SURREALGEN_AUTH_LEVEL=database \
        gives "$2" migrate up
}

if wanted rights; then
    schema <<'S'
model a schemafull { n int; }
S
    step init
    sql "DEFINE USER look ON DATABASE PASSWORD 'x' ROLES VIEWER;
         DEFINE USER edit ON DATABASE PASSWORD 'x' ROLES EDITOR"
    as look 6
    err 'role EDITOR or OWNER'
    sql 'INFO FOR DB'
    is "$(echo "$answer" | grep -c '"tables":{}')" 1
    as edit 0
    schema <<'S'
model a schemafull { n int; m option<int>; }
S
    step more
    as look 6
    sql 'INFO FOR TABLE a; SELECT VALUE record::id(id) FROM _surrealgen_migration'
    is "$(echo "$answer" | grep -c 'option\|none |')" 0
    is "$(echo "$answer" | tail -n 1)" '["20260101000000_init"]'
    SURREAL_PASSWORD=wrong gives 6 migrate up
    as edit 0
fi

# ---- a disk that is full ----------------------------------------------------

# full BLOCKS ARG...: no file may be larger than so many half KiB, and writing
# says so instead of ending the program.
full()
{
    blocks=$1
    shift
    { (
        trap '' XFSZ
        ulimit -f "$blocks"
        "$bin" "$@" < /dev/null 2>&1
        echo "exit $?"
    ) | cat; } > "$tmp/.out"
}

if wanted disk; then
    {
        echo "target surrealdb $major.0;"
        for n in $(seq 60); do
            echo "model table_$n schemafull { name string; n int default $n; }"
        done
    } > schema/a.sg
    ls -A > before
    for blocks in 0 1 4 8; do
        full $blocks migrate generate init --no-input
        out 'exit 7'
        out 'migrations/'
        is "$(find migrations -mindepth 1 2> /dev/null)" ''
    done
    gives 0 migrate generate init --no-input
    SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 60))
    find migrations -type f -exec cksum {} + > sums
    sed 's/n int/n int; m option<int>/' schema/a.sg > more
    cp more schema/a.sg
    for blocks in 0 1 4; do
        full $blocks migrate generate more --no-input
        out 'exit 7'
        full $blocks migrate embed -o chain.c
        out 'exit 7'
        is "$(ls chain.c 2> /dev/null)" ''
        find migrations -type f -exec cksum {} + > now
        is "$(cat now)" "$(cat sums)"
        is "$(find . -name '*.tmp*' -o -name '.*[0-9]')" ''
    done
    if mkdir small && mount -t tmpfs -o size=8k tmpfs small 2> /dev/null; then
        gives 7 migrate generate init --no-input --migrations small
        is "$(find small -mindepth 1)" ''
        umount small
    else
        skip 'a disk of 8 KiB: only for who may mount one'
    fi
    gives 0 migrate generate more --no-input
fi

# ---- clocks that jump -------------------------------------------------------

if wanted clock; then
    cat > clock.c <<'S'
/* Every look at the clock on the wall is JUMP seconds off, or once so and
 * once not. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

static long jump(void)
{
    static int turn;
    const char *by = getenv("JUMP");
    if (getenv("JUMP_TURNS") && (turn++ & 1)) return 0;
    return by ? atol(by) : 0;
}
int clock_gettime(clockid_t id, struct timespec *out)
{
    int (*real)(clockid_t, struct timespec *);
    int rc;
    *(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
    rc = real(id, out);
    if (id == CLOCK_REALTIME) out->tv_sec += jump();
    return rc;
}
time_t time(time_t *out)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (out) *out = now.tv_sec;
    return now.tv_sec;
}
int gettimeofday(struct timeval *out, void *zone)
{
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    out->tv_sec = now.tv_sec;
    out->tv_usec = now.tv_nsec / 1000;
    return 0;
}
S
    off()
    {
        LD_PRELOAD="$tmp/clock/clock.so" JUMP=$1 JUMP_TURNS=${2:-}
        export LD_PRELOAD JUMP JUMP_TURNS
        [ "$JUMP_TURNS" ] || unset JUMP_TURNS
    }
    on_time() { unset LD_PRELOAD JUMP JUMP_TURNS; }
    hold() # '+ 60s': somebody else has the lock until then
    {
        sql "UPSERT _surrealgen_lock:migrate SET owner = 'x', held_by = 'far',
             host = 'far', pid = 1, since = time::now() - 1h,
             until = time::now() $1"
    }
    if ${CC:-cc} -shared -fPIC -o clock.so clock.c -ldl 2> /dev/null &&
        [ "$(LD_PRELOAD=./clock.so JUMP=-864000000 date +%Y)" -lt 2015 ]; then
        chain
        gives 0 migrate up --create --to tables
        for jump in 864000 -864000; do
            part="clock, $jump s off"
            hold '+ 60s'
            off $jump
            gives 5 migrate up --lock-wait 0
            err 'far'
            on_time
            sql 'SELECT VALUE n FROM before:1'
            is "$answer" '[1]'
        done
        # It is over, and this clock thinks it will be for days.
        hold '- 1s'
        off -864000
        gives 0 migrate up --lock-wait 0 --to steps
        on_time
        sql 'RETURN array::group((SELECT VALUE n FROM before));
             SELECT VALUE applied_at > time::now() - 1h AND
                 applied_at <= time::now() FROM _surrealgen_migration'
        is "$answer" "$(printf '[1111]\n[true,true]')"
        part='clock, to and fro'
        export SURREAL_DATABASE=fro
        off 864000 1
        gives 0 migrate up --create
        on_time
        sql 'RETURN array::group((SELECT VALUE n FROM before));
             SELECT VALUE took < 1m FROM _surrealgen_migration'
        is "$answer" "$(printf '[1111]\n[true,true,true]')"
        part='clock, ids'
        newest=$(ls migrations | tail -n 1)
        unset SOURCE_DATE_EPOCH
        off -864000000
        gives 0 migrate new behind
        on_time
        is "$(ls migrations | tail -n 1 | sed 's/.*_//')" behind
        [ "$newest" != "$(ls migrations | tail -n 1)" ] && good
        export SOURCE_DATE_EPOCH=1767225600
    else
        skip 'clocks that jump: LD_PRELOAD does not work here'
    fi
fi

sums_up faults
