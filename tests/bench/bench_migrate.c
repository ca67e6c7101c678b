/* tests/bench/bench_migrate.c: what migrating costs beside the statements.
 *
 *   cc -O2 -I. tests/bench/bench_migrate.c -o build/bench/bench_migrate -lm
 *   sh tests/engine/with.sh 3 build/bench/bench_migrate [ROUNDS [MIGRATIONS]]
 *
 * The same statements twice, in turns, each time in a fresh database: as 200
 * migrations, and as 200 plain requests BEGIN ... COMMIT. A migration makes a
 * table of eight columns, two indexes and an event, and changes a column of
 * the table before it, as generated ones do. Prints both medians and the
 * median of the ratios; exits 1 when that is above 1.3.
 *
 *   build/bench/bench_migrate print N        the statements of migration N */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

#include "tests/bench/bench.h"

#define MOST 1000
#define TEXT 1400

static char texts[MOST][TEXT];
static char ids[MOST][32];
static surreal_migration_step steps[MOST];
static surreal_migration all[MOST];
static surreal_migrations chain;

static void
make(size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        int n = (int)i;
        int len = snprintf(
            texts[i], TEXT,
            "DEFINE TABLE t%d TYPE NORMAL SCHEMAFULL PERMISSIONS NONE;\n"
            "DEFINE FIELD title ON t%d TYPE string ASSERT $value != '';\n"
            "DEFINE FIELD slug ON t%d TYPE option<string>;\n"
            "DEFINE FIELD views ON t%d TYPE int DEFAULT 0;\n"
            "DEFINE FIELD tags ON t%d TYPE array<string> DEFAULT [];\n"
            "DEFINE FIELD owner ON t%d TYPE record<t0>;\n"
            "DEFINE FIELD price ON t%d TYPE decimal DEFAULT 0dec;\n"
            "DEFINE FIELD made ON t%d TYPE datetime DEFAULT time::now();\n"
            "DEFINE FIELD kind ON t%d TYPE 'a' | 'b' DEFAULT 'a';\n"
            "DEFINE INDEX slug_ix ON t%d FIELDS slug UNIQUE;\n"
            "DEFINE INDEX made_ix ON t%d FIELDS made;\n"
            "DEFINE EVENT seen ON t%d WHEN $event = 'DELETE' "
            "THEN { CREATE audit };\n", n, n, n, n, n, n, n, n, n, n, n, n);

        if (i) {
            snprintf(texts[i] + len, TEXT - (size_t)len,
                     "DEFINE FIELD OVERWRITE slug ON t%d TYPE string;\n",
                     n - 1);
        }
        snprintf(ids[i], sizeof ids[i], "20260801%06d_t", n);
        steps[i].text = texts[i];
        steps[i].len = strlen(texts[i]);
        steps[i].checksum = "1:00000000000000000000000000000000";
        all[i].id = ids[i];
        all[i].parent = i ? ids[i - 1] : NULL;
        all[i].checksum = steps[i].checksum;
        all[i].schema_hash = steps[i].checksum;
        all[i].up = &steps[i];
        all[i].up_count = 1;
    }
    chain.at = all;
    chain.count = count;
}

static void
need(surreal *db, surreal_status status)
{
    if (!status) return;
    fprintf(stderr, "%s\n", surreal_last_error(db)->message);
    exit(1);
}

static void
fresh(surreal *db)
{
    need(db, surreal_query(db, "DEFINE NAMESPACE IF NOT EXISTS bench; "
                               "USE NS bench; REMOVE DATABASE IF EXISTS m; "
                               "DEFINE DATABASE m", SURREAL_NO_VARS, NULL));
    need(db, surreal_use(db, "bench", "m"));
}

static double
by_hand(surreal *db)
{
    static char text[2 * TEXT];
    double start;
    size_t i;

    fresh(db);
    start = bench_wall_s();
    for (i = 0; i < chain.count; i++) {
        snprintf(text, sizeof text, "BEGIN;\n%sCOMMIT;", texts[i]);
        need(db, surreal_query(db, text, SURREAL_NO_VARS, NULL));
    }
    return bench_wall_s() - start;
}

static double
migrated(surreal *db)
{
    double start;

    fresh(db);
    start = bench_wall_s();
    need(db, surreal_migrate(db, &chain, NULL, NULL));
    return bench_wall_s() - start;
}

int
main(int argc, char **argv)
{
    double hand[99];
    double up[99];
    double ratio[99];
    size_t rounds = argc > 1 ? strtoul(argv[1], NULL, 10) : 5;
    size_t count = argc > 2 ? strtoul(argv[2], NULL, 10) : 200;
    surreal_options opt;
    surreal *db;
    double middle;
    size_t i;

    if (argc > 2 && !strcmp(argv[1], "print")) {
        make(MOST);
        if (count < MOST) fputs(texts[count], stdout);
        return 0;
    }
    if (!rounds || rounds > 99 || !count || count > MOST) return 2;
    memset(&opt, 0, sizeof opt);
    opt.user = getenv("SURREAL_TEST_USER");
    opt.pass = getenv("SURREAL_TEST_PASS");
    if (surreal_open(getenv("SURREAL_TEST_URL"), &opt, &db)) {
        need(db, SURREAL_ERR_CONNECT);
    }
    make(count);
    by_hand(db); /* the engine gets warm */
    for (i = 0; i < rounds; i++) {
        hand[i] = by_hand(db);
        up[i] = migrated(db);
        ratio[i] = up[i] / hand[i];
    }
    surreal_close(db);
    middle = bench_median(ratio, rounds);
    printf("%zu migrations: %.0f ms, their statements in plain transactions "
           "%.0f ms: %.2f times  <= 1.3 %s\n", count,
           bench_median(up, rounds) * 1e3, bench_median(hand, rounds) * 1e3,
           middle, middle <= 1.3 ? "" : "MISSED");
    return middle > 1.3;
}
