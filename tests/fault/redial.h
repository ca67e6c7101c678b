/* tests/fault/redial.h: a sequence of connections, each to a script of its own,
 * for tests of what a lost connection leaves.
 *
 *   redial r;
 *   redial_init(&r, 3);              r.s[0] to r.s[2], to be set up by the test
 *   db = redial_open(&r);            connected to r.s[0]
 *   redial_break(&r, 0);             that one is lost
 *   ...                              the client dials r.s[1]
 *   redial_end(&r, db);
 *
 * The options are those of r.s[0]. A dial beyond the last script fails. */
#ifndef REDIAL_H
#define REDIAL_H
#include "tests/fault/script.h"

#define REDIAL_MAX 6

typedef struct redial {
    script s[REDIAL_MAX];
    size_t count;
    size_t dialled;
    surreal_transport transport;
} redial;

static inline void
redial_init(redial *r, size_t count)
{
    size_t i;

    memset(r, 0, sizeof *r);
    r->count = count;
    for (i = 0; i < count; i++) {
        script_init(&r->s[i]);
    }
    r->s[0].options.reconnect.min_ms = 1;
    r->s[0].options.reconnect.max_ms = 2;
    r->s[0].options.reconnect.attempts = 3;
}

static inline surreal_status
redial_dial(void *user, const char *host, uint16_t port, bool is_secure,
            surreal_stream *out, surreal_error *err)
{
    redial *r = (redial *)user;

    if (r->dialled >= r->count) {
        return srl_fail(err, SURREAL_ERR_CONNECT, "nobody is there");
    }
    return script_dial(&r->s[r->dialled++], host, port, is_secure, out, err);
}

/* Connect until that is done or has failed. */
static inline surreal *
redial_open(redial *r)
{
    surreal_options *o = &r->s[0].options;
    surreal *db = NULL;

    r->transport.open = redial_dial;
    r->transport.user = r;
    o->transport = &r->transport;
    surreal_open_start("ws://db.example:8000", o, &db);
    while (db && surreal_get_state(db) == SURREAL_CONNECTING) {
        surreal_step(db);
    }
    return db;
}

/* From here on reads of connection i fail. */
static inline void
redial_break(redial *r, size_t i)
{
    r->s[i].read_fail = SURREAL_ERR_IO;
    r->s[i].read_fail_at = r->s[i].down.len;
}

/* Step until the connection is open again or has failed for good. */
static inline void
redial_wait(surreal *db)
{
    do {
        surreal_step(db);
    } while (surreal_get_state(db) == SURREAL_RECONNECTING);
}

static inline void
redial_end(redial *r, surreal *db)
{
    size_t i;

    surreal_close(db);
    for (i = 0; i < r->count; i++) {
        script_end(&r->s[i], NULL);
    }
}

#endif
