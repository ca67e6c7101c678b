/* cc -I. examples/live.c -o live
 * ./live ws://127.0.0.1:8000 root root
 *
 * A live query: the changes of a table are told to a function, until nothing
 * has changed for half a second. SurrealDB 3.0 does not always tell them in the
 * order in which they happened. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

#include <stdio.h>

static void
on_event(void *user, const surreal_event *event)
{
    char id[64];

    ++*(int *)user;
    surreal_record_id_print(event->record, id, sizeof id);
    switch (event->action) {
    case SURREAL_CREATED:
    case SURREAL_UPDATED:
        printf("%s is %lld now\n", id,
               (long long)surreal_int_at(event->value, "age"));
        break;
    case SURREAL_DELETED: printf("%s is gone\n", id); break;
    case SURREAL_GAP: printf("something was missed: read again\n"); break;
    case SURREAL_ENDED: printf("%s\n", event->err->message); break;
    }
}

int
main(int argc, char **argv)
{
    surreal_live_options watch = {0};
    surreal_options opt = {0};
    surreal_live *live = NULL;
    surreal_status status;
    surreal *db = NULL;
    int events = 0, seen;

    if (argc < 4) {
        fprintf(stderr, "usage: %s URL USER PASSWORD\n", argv[0]);
        return 2;
    }
    opt.ns = "example", opt.db = "live";
    opt.user = argv[2], opt.pass = argv[3];
    watch.on_event = on_event, watch.user = &events;
    status = surreal_open(argv[1], &opt, &db);
    if (!status) {
        status = surreal_query(db, "DEFINE TABLE IF NOT EXISTS person;"
                                   "DELETE person", SURREAL_NO_VARS, NULL);
    }
    if (!status) {
        status = surreal_live_query(db, "LIVE SELECT * FROM person "
                                        "WHERE age > 17", SURREAL_NO_VARS,
                                    &watch, &live);
    }
    /* Somebody has to change something; anybody could. */
    if (!status) {
        status = surreal_query(db, "CREATE person:ann SET age = 31;"
                                   "CREATE person:bob SET age = 17;"
                                   "UPDATE person:ann SET age = 32;"
                                   "DELETE person:ann",
                               SURREAL_NO_VARS, NULL);
    }
    /* Events come while the connection is driven: by any call that waits, or
     * by this one, which does nothing else. */
    if (!status) {
        do {
            seen = events;
            status = surreal_wait(db, 500);
        } while (events != seen);
        if (status == SURREAL_ERR_TIMEOUT) status = SURREAL_OK;
    }
    if (status) fprintf(stderr, "%s\n", surreal_last_error(db)->message);
    surreal_live_close(live);
    surreal_close(db);
    return status ? 1 : 0;
}
