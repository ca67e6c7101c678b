/* api/session.h: sessions, users and transactions. */
#ifndef SURREAL_API_SESSION_H
#define SURREAL_API_SESSION_H
#include "api/client.h"

/* A `surreal *` is a handle: whom one speaks as, where, and through which
 * connection. surreal_open gives the first one. Two functions give more, and
 * every call takes any of them:
 *
 *   surreal_fork    another session: its own user, namespace, database and
 *                   variables, on the same socket where the server can
 *   surreal_begin   a transaction of a session
 *
 * Each is closed with surreal_close. Closing a session ends its transactions,
 * live queries and pending requests; closing the first handle ends all that
 * came from it. A handle that ended answers ERR_CLOSED until it is closed
 * itself.
 *
 * Threads:  handles that share a connection share its thread */

/* ---- sessions ------------------------------------------------------------
 *
 * What changes a session (surreal_use, let, unset, signin, signup, authenticate
 * and invalidate) and gets no answer in time may be done by the server still.
 * Over WebSocket the call then gives up the connection, so that the session is
 * restored as it was, as after a loss; where reconnecting is off it has failed.
 */

/* What a fork differs in. Zero and NULL: as the parent says.
 *
 *   ns, db     what to use instead of the parent's; db alone keeps the
 *              parent's namespace
 *   auth       whom to sign in as; kind SURREAL_AUTH_NONE: as the parent's
 *              credentials or token say
 *   anonymous  true: sign in as nobody; not together with auth
 */
typedef struct surreal_fork_options {
    const char *ns;
    const char *db;
    surreal_auth auth;
    bool anonymous;
} surreal_fork_options;

/* Another session. SurrealDB 3 carries it over the parent's socket (attach);
 * for 2 a second connection is made with the parent's options. Over HTTP,
 * which has no sessions, it is the same socket with other headers. So on 2 an
 * event loop has another socket to watch and to step. The parent is not
 * touched: signing in on a fork never changes who others are. Its variables
 * are copied.
 *
 *   opt  may be NULL
 *   out  receives the handle; NULL after a failure, told by
 *        surreal_last_error(db)
 *
 * Returns:  as the calls that wait; ERR_AUTH; ERR_USAGE if it should be the
 *           parent's user and the parent's credentials were not kept (see
 *           surreal_options)
 * Owns:     *out is yours; surreal_close() */
SURREAL_API surreal_status surreal_fork(surreal *db,
                                        const surreal_fork_options *opt,
                                        surreal **out);

/* Select namespace and database; NULL leaves one as it is. SurrealDB 3
 * creates them, 2 does not. ERR_USAGE for a database when no namespace is
 * selected (the server would fail). */
SURREAL_API surreal_status surreal_use(surreal *db, const char *ns,
                                       const char *database);

/* The namespace and database in use; {NULL, 0} for none. */
SURREAL_API surreal_str surreal_ns(const surreal *db);
SURREAL_API surreal_str surreal_db(const surreal *db);

/* Set a variable of the session, named by the bind: every later query of it
 * sees $name. Restored after a reconnect. A variable given to one query has
 * precedence on SurrealDB 3; on 2 the session's has. Over HTTP the library
 * sends it along with every query.
 *
 * Returns:  ERR_USAGE for the names access, auth, token and session */
SURREAL_API surreal_status surreal_let(surreal *db, surreal_bind variable);
SURREAL_API surreal_status surreal_unset(surreal *db, const char *name);

/* ---- users ------------------------------------------------------------ */

/* Sign in: the session is that user from then on, in the namespace and
 * database the credentials name; what they do not name stays as it is. It
 * stays that user over reconnects, and its token is renewed before it expires
 * (see surreal_renew). A failure leaves the session as it was. With a token
 * that was refused and a refresh token, the refresh token is tried.
 *
 * Returns:  ERR_AUTH if refused; ERR_USAGE for credentials that contradict
 *           themselves, before anything is sent, and in a transaction;
 *           ERR_UNKNOWN if the connection was lost before the answer: the
 *           session is restored as it was */
SURREAL_API surreal_status surreal_signin(surreal *db,
                                          const surreal_auth *auth);

/* Create a record user (AUTH_RECORD) by the SIGNUP clause and be that user.
 * After a reconnect the session is restored by its tokens, since a sign-up
 * cannot be repeated; when they expire, only options.renew or a sign-in
 * helps.
 *
 * Returns:  as surreal_signin */
SURREAL_API surreal_status surreal_signup(surreal *db,
                                          const surreal_auth *auth);

/* Become whom a token says, in the namespace and database it names. A token
 * that is refused changes nothing.
 *
 * Returns:  as surreal_signin */
SURREAL_API surreal_status surreal_authenticate(surreal *db,
                                                const char *token);

/* Be nobody again; namespace, database and variables stay. */
SURREAL_API surreal_status surreal_invalidate(surreal *db);

/* Exchange the refresh token for new tokens now (SurrealDB 3). The library
 * does this by itself before the access token expires. A refresh token works
 * once: forks have none.
 *
 * Returns:  ERR_AUTH if refused; ERR_USAGE if the session has no refresh
 *           token; ERR_UNSUPPORTED on SurrealDB 2 */
SURREAL_API surreal_status surreal_refresh(surreal *db);

/* Make the session's refresh token worthless (SurrealDB 3). The access token
 * stays good until it expires.
 *
 * Returns:  as surreal_refresh */
SURREAL_API surreal_status surreal_revoke(surreal *db);

/* The tokens of the session; empty if it has none.
 *
 * Owns:  the session; changed by the next sign-in or renewal, wiped then */
SURREAL_API surreal_tokens surreal_get_tokens(const surreal *db);

/* Find out whom a token belongs to without becoming that user: it is tried on
 * a session of its own.
 *
 *   id  receives the record user's id, key kind NONE for another user; its
 *       text belongs to *out. May be NULL
 *   out receives the result that owns it. May be NULL: then look at
 *       id->kind only
 *
 * Returns:  SURREAL_OK for a good token; ERR_AUTH for a bad one */
SURREAL_API surreal_status surreal_token_check(surreal *db, const char *token,
                                               surreal_record_id *id,
                                               surreal_result **out);

/* ---- transactions (SurrealDB 3, over WebSocket) ------------------------ */

/* Begin a transaction: a handle through which every call is part of it. Others
 * see nothing of it before the commit.
 *
 * A statement that fails inside does not undo what it did so far, and the
 * server would commit that happily. So the first failure poisons the handle:
 * later calls return it again and surreal_commit cancels instead. The RPC
 * methods that run outside transactions (update, patch, relate, run) are
 * refused in surreal_rpc; surreal_update and its like are statements and safe.
 * Live queries are not told of changes made in a transaction.
 *
 * Returns:  ERR_UNSUPPORTED on SurrealDB 2 and over HTTP (see surreal_batch);
 *           ERR_USAGE inside a transaction: there is no nesting
 * Owns:     *out is yours; surreal_close(), which cancels what was not
 *           committed */
SURREAL_API surreal_status surreal_begin(surreal *db, surreal **out);

/* The same without waiting: receives the handle, yours, or NULL and why. */
typedef void surreal_begun(void *user, surreal *db, surreal_status status,
                           surreal *tx, const surreal_error *err);
SURREAL_API surreal_status surreal_begin_start(surreal *db,
                                               surreal_begun *begun,
                                               void *user);

/* Make the changes of a transaction permanent. The handle has ended then, and
 * only surreal_close is left.
 *
 * Returns:  SURREAL_OK; CONFLICT, nothing was changed, the whole may be tried
 *           again; the failure that poisoned the transaction, which was
 *           cancelled; ERR_UNKNOWN if the connection was lost before the
 *           answer: it may or may not have happened */
SURREAL_API surreal_status surreal_commit(surreal *tx);

/* The same without waiting; `done` gets no result. A poisoned transaction is
 * cancelled and its failure returned at once. Requests that are still under
 * way may end after the commit: wait for them first. */
SURREAL_API surreal_status surreal_commit_start(surreal *tx,
                                                surreal_done *done,
                                                void *user);

/* Give up the changes of a transaction; the second form tells the server
 * without waiting for its answer. */
SURREAL_API surreal_status surreal_rollback(surreal *tx);
SURREAL_API void surreal_rollback_start(surreal *tx);

/* Runs inside a transaction; anything but SURREAL_OK cancels it. */
typedef surreal_status surreal_tx_fn(void *user, surreal *tx);

/* How often and how patiently to try again. Zero means the default.
 *
 *   attempts    tries in all; 0: 5
 *   min_ms      wait before the second try; 0: 5
 *   max_ms      longest wait; 0: 1,000
 */
typedef struct surreal_tx_options {
    int attempts;
    int min_ms;
    int max_ms;
} surreal_tx_options;

/* Begin, run `fn`, commit; on a conflict, reported by fn or by the commit,
 * wait (doubling, with jitter of a half) and run all of it again. Nothing but
 * a conflict is tried again, and never half of a transaction.
 *
 *   opt  may be NULL
 *
 * Returns:  what fn or the commit returned at last */
SURREAL_API surreal_status surreal_tx_run(surreal *db,
                                          const surreal_tx_options *opt,
                                          surreal_tx_fn *fn, void *user);

#endif
