/* client/transaction.c: transactions of SurrealDB 3. */
#include "client/client.h"

SRL_FN void
srl_txn_poison(surreal *tx, const surreal_error *err)
{
    if (!tx->txn->failure.status) tx->txn->failure = *err;
}

SRL_FN void
srl_txns_lose(srl_conn *c, const srl_session *session,
              const surreal_error *err)
{
    surreal *db;

    for (db = c->handles; db; db = db->next) {
        if (!db->txn || db->txn->is_ended) continue;
        if (session && db->session != session) continue;
        srl_txn_poison(db, err);
        db->txn->is_ended = true;
    }
}

SRL_FN void
srl_txn_close(surreal *tx, const surreal_error *err)
{
    srl_conn *c = tx->conn;

    if (!tx->txn->is_ended) {
        tx->txn->is_ended = true;
        srl_call_and_forget(tx, "cancel", &tx->txn->id);
    }
    tx->is_ended = true;
    srl_requests_end(c, tx, err);
}
