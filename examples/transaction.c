/* cc -I. examples/transaction.c -o transaction
 * ./transaction ws://127.0.0.1:8000 root root
 *
 * Money moves between accounts, or nothing happens at all. The transaction is
 * a function: surreal_tx_run begins, calls it, commits, and does all of it
 * again when another transaction came first. Needs SurrealDB 3. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

#include <stdio.h>

typedef struct transfer {
    surreal_record_id from;
    surreal_record_id to;
    int64_t amount;
} transfer;

static surreal_status
balance(surreal *db, surreal_record_id id, int64_t *out)
{
    surreal_result *r = NULL;
    surreal_value row;
    surreal_status status = surreal_select(db, surreal_record(id), &r);

    if (!status) status = surreal_one(r, 0, &row);
    if (!status) status = surreal_get_int(surreal_field(row, "balance"), out);
    surreal_result_free(r);
    return status;
}

/* May run several times, so it changes nothing but the database. Whatever it
 * returns that is not SURREAL_OK cancels. */
static surreal_status
move_money(void *user, surreal *tx)
{
    const transfer *t = (const transfer *)user;
    surreal_status status;
    int64_t has = 0;

    status = balance(tx, t->from, &has);
    if (status) return status;
    if (has < t->amount) return SURREAL_NO_CHANGE; /* our word for "no" */
    return surreal_query(tx, "UPDATE $from SET balance -= $amount;"
                             "UPDATE $to SET balance += $amount",
                         SURREAL_VARS(surreal_bind_id("from", t->from),
                                      surreal_bind_id("to", t->to),
                                      surreal_bind_int("amount", t->amount)),
                         NULL);
}

int
main(int argc, char **argv)
{
    surreal_options opt = {0};
    surreal *db = NULL;
    surreal_status status;
    transfer t;
    int64_t ann = 0, bob = 0;

    if (argc < 4) {
        fprintf(stderr, "usage: %s URL USER PASSWORD\n", argv[0]);
        return 2;
    }
    opt.ns = "example", opt.db = "transaction";
    opt.user = argv[2], opt.pass = argv[3];
    t.from = surreal_id_str("account", SURREAL_LIT("ann"));
    t.to = surreal_id_str("account", SURREAL_LIT("bob"));
    status = surreal_open(argv[1], &opt, &db);
    if (!status) {
        status = surreal_query(db, "UPSERT account:ann SET balance = 100;"
                                   "UPSERT account:bob SET balance = 0",
                               SURREAL_NO_VARS, NULL);
    }
    for (t.amount = 70; !status; ) {
        status = surreal_tx_run(db, NULL, move_money, &t);
        printf("moving %lld: %s\n", (long long)t.amount,
               surreal_status_text(status));
    }
    if (status == SURREAL_NO_CHANGE) { /* the second time ann has only 30 */
        status = balance(db, t.from, &ann);
        if (!status) status = balance(db, t.to, &bob);
    }
    if (status) fprintf(stderr, "%s\n", surreal_last_error(db)->message);
    printf("ann %lld, bob %lld\n", (long long)ann, (long long)bob);
    surreal_close(db);
    return ann == 30 && bob == 70 ? 0 : 1;
}
