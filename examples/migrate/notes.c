/* examples/migrate/notes.c: a program that brings its database up to date.
 *
 *   sh examples/migrate/run.sh
 *
 * The migrations are part of the program (`surrealgen migrate embed` wrote them
 * as C), so a new release needs nothing but itself. However many of it start at
 * once, each migration is applied once, and those that come second wait for it.
 *
 *   ./notes URL USER PASS          brings up to date, lists the notes
 *   ./notes URL USER PASS TITLE    and writes one first */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

#include "migrations.h"
#include "notes.h"

#include <stdio.h>

/* A deployment wants to see in its log what happened, and when it waits. */
static surreal_status
tell(void *user, const surreal_migrate_event *event)
{
    (void)user;
    if (event->what == SURREAL_MIGRATE_DONE) {
        printf("migrated: %s\n", event->migration->id);
    } else if (event->what == SURREAL_MIGRATE_WAITING) {
        printf("waiting for %s\n", event->holder);
    }
    return SURREAL_OK;
}

/* An older release must not run on a newer schema by chance, nor this one on
 * an older schema: what cannot be brought up to date is an error. */
static surreal_status
bring_up_to_date(surreal *db)
{
    surreal_migrate_options how = {0};

    how.by = "notes";
    how.on_event = tell;
    return surreal_migrate(db, &app_migrations, &how, NULL);
}

static surreal_status
write_note(surreal *db, const char *title)
{
    note row = {0};

    note_set_title(&row, surreal_text(title));
    return note_create(db, &row, NULL); /* `words` is the server's to fill in */
}

static surreal_status
list_notes(surreal *db)
{
    note_rows notes = {0};
    surreal_status status = note_all(db, &notes);
    size_t i;

    for (i = 0; !status && i < notes.count; i++) {
        printf("%.*s (%d words)\n", SURREAL_FMT(notes.v[i].title),
               (int)notes.v[i].words);
    }
    surreal_result_free(notes.result);
    return status;
}

int
main(int argc, char **argv)
{
    surreal_options opt = {0};
    surreal *db = NULL;
    surreal_status status;

    if (argc < 4) {
        fprintf(stderr, "usage: notes URL USER PASS [TITLE]\n");
        return 2;
    }
    opt.user = argv[2];
    opt.pass = argv[3];
    opt.ns = "examples";
    opt.db = "notes";
    status = surreal_open(argv[1], &opt, &db);
    if (!status) status = bring_up_to_date(db);
    if (!status && argc > 4) status = write_note(db, argv[4]);
    if (!status) status = list_notes(db);
    if (status) fprintf(stderr, "%s\n", surreal_last_error(db)->message);
    surreal_close(db);
    return status != SURREAL_OK;
}
