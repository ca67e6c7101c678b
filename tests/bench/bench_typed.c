/* tests/bench/bench_typed.c: a typed query beside the same call by hand.
 *
 *   bench_typed              CPU time for each, and their ratio
 *   bench_typed typed|hand N N calls and nothing else, to count instructions
 *
 * The server is in memory and the same for both. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "tests/fault/script.h"
#include "tests/golden/c/queries/shop.c"

#include "bench.h"

enum { ROWS = 20, CALLS = 2000, ROUNDS = 15 };

static int64_t checksum;

/* Twenty orders, keys sorted as the server sorts them. */
static void
answer_orders(script *s, const script_request *rq)
{
    srl_buf *b;
    int i;

    if (!script_is(rq, "query")) {
        script_answer(s, rq);
        return;
    }
    b = script_reply(s, rq->id, "result");
    srl_cbor_put_head(b, SRL_CBOR_ARRAY, 1);
    srl_cbor_put_head(b, SRL_CBOR_MAP, 3);
    srl_cbor_put_key(b, "result");
    srl_cbor_put_head(b, SRL_CBOR_ARRAY, ROWS);
    for (i = 0; i < ROWS; i++) {
        srl_cbor_put_head(b, SRL_CBOR_MAP, 4);
        srl_cbor_put_key(b, "id");
        srl_put_record_id(b, surreal_id_int("orders", i));
        srl_cbor_put_key(b, "note");
        srl_cbor_put_key(b, "leave it at the door");
        srl_cbor_put_key(b, "state");
        srl_cbor_put_key(b, "placed");
        srl_cbor_put_key(b, "total");
        srl_put_decimal(b, SURREAL_LIT("12.50"));
    }
    srl_cbor_put_key(b, "status");
    srl_cbor_put_key(b, "OK");
    srl_cbor_put_key(b, "time");
    srl_cbor_put_key(b, "1ms");
    script_send(s);
}

static void
call_typed(surreal *db)
{
    shop_orders_of_args args;
    shop_orders_of_rows rows;
    size_t i;

    memset(&args, 0, sizeof args);
    shop_orders_of_args_set_buyer(&args, shop_user_id_int(1));
    shop_orders_of_args_set_state(&args, SHOP_STATE_PLACED);
    if (shop_orders_of(db, &args, &rows)) exit(1);
    for (i = 0; i < rows.count; i++) {
        checksum += rows.v[i].id.rid.key.i + rows.v[i].state +
                    (int64_t)rows.v[i].note.len +
                    (int64_t)rows.v[i].total.text.len;
    }
    surreal_result_recycle(db, rows.result);
}

/* What a careful program does without surrealgen. */
static void
call_by_hand(surreal *db)
{
    surreal_result *r;
    surreal_iter it;

    if (surreal_query(db, shop_orders_of_query.text,
                      SURREAL_VARS(surreal_bind_id("buyer",
                                                   surreal_id_int("user", 1)),
                                   surreal_bind_int("limit", 20),
                                   surreal_bind_text("state", "placed")),
                      &r)) {
        exit(1);
    }
    it = surreal_iterate(surreal_rows(r, 0));
    while (surreal_next(&it)) {
        surreal_record_id id;
        surreal_str note, state;
        surreal_decimal total;
        shop_state which;

        if (surreal_get_record_id(surreal_field(it.value, "id"), &id) ||
            surreal_get_str(surreal_field(it.value, "note"), &note) ||
            surreal_get_str(surreal_field(it.value, "state"), &state) ||
            surreal_get_decimal(surreal_field(it.value, "total"), &total) ||
            !shop_state_parse(state, &which)) {
            exit(1);
        }
        checksum += id.key.i + which + (int64_t)note.len +
                    (int64_t)total.text.len;
    }
    surreal_result_recycle(db, r);
}

static double
round_of(surreal *db, void (*call)(surreal *db), long calls)
{
    double start = bench_spent_s();
    long i;

    for (i = 0; i < calls; i++) call(db);
    return (bench_spent_s() - start) / (double)calls * 1e9;
}

int
main(int argc, char **argv)
{
    static double typed[ROUNDS], hand[ROUNDS];
    script s;
    surreal *db;
    double a, b;
    int i;

    script_init(&s);
    s.answer = answer_orders;
    db = script_open(&s);
    if (!db) return 1;
    if (argc > 2) {
        round_of(db, *argv[1] == 't' ? call_typed : call_by_hand,
                 strtol(argv[2], NULL, 10));
        script_end(&s, db);
        return 0;
    }
    for (i = 0; i < ROUNDS; i++) {
        typed[i] = round_of(db, call_typed, CALLS);
        hand[i] = round_of(db, call_by_hand, CALLS);
    }
    script_end(&s, db);
    a = bench_median(typed, ROUNDS);
    b = bench_median(hand, ROUNDS);
    printf("a query of %d rows: typed %.0f ns, by hand %.0f ns: %.2f of it"
           "  <= 1.00 %s\n", ROWS, a, b, a / b, a <= b ? "" : "MISSED");
    return a <= b * 1.05 ? 0 : 1;
}
