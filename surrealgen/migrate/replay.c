/* surrealgen/migrate/replay.c: migrations run from the beginning, on a server
 * to try things on.
 *
 * There is a database for it, made under a name of our own and removed in the
 * end. It holds no rows but those that migrations put there, so a step of
 * batches is one statement and an index is there at once. */
#include "../schema/front.h"
#include "drift.h"
#include "files.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { TRIES = 10 };

/* ---------------------------------------------------------------- the place */

static int ask(mig_replay *r, gen_str text, const char *what)
{
    surreal_result *result = NULL;
    int rc = db_query(&r->link, text, &result);

    if (rc == CLI_FINE) {
        rc = db_refused(&r->link, what, surreal_result_error(result));
    }
    surreal_result_free(result);
    return rc;
}

static void remove_place(mig_replay *r)
{
    gen_buf text;

    if (!r->is_made) return;
    gen_buf_init(&text, r->link.ctx);
    gen_buf_add_fmt(&text, "REMOVE NAMESPACE IF EXISTS %s", r->link.ns.ptr);
    ask(r, gen_buf_str(&text), "cannot remove what was made to try things");
    r->is_made = false;
}

/* An empty database; one from before goes. */
static int make_place(mig_replay *r)
{
    static unsigned count;
    gen_buf name;
    gen_buf text;
    int rc;

    remove_place(r);
    gen_buf_init(&name, r->link.ctx);
    gen_buf_add_fmt(&name, "surrealgen_replay_%lu_%u",
                    ((unsigned long)time(NULL) ^ (unsigned long)
                     ((size_t)r->link.db >> 4)) & 0xffffffffu, ++count);
    r->link.ns = r->link.name = gen_buf_str(&name);
    gen_buf_init(&text, r->link.ctx);
    gen_buf_add_fmt(&text, "DEFINE NAMESPACE %s; USE NS %s; "
                    "DEFINE DATABASE %s;", name.ptr, name.ptr, name.ptr);
    rc = ask(r, gen_buf_str(&text), "cannot make a database on --dev-url");
    r->is_made = rc == CLI_FINE;
    if (rc == CLI_FINE
        && surreal_use(r->link.db, name.ptr, name.ptr) != SURREAL_OK) {
        rc = db_refused(&r->link, "cannot use the database that was made",
                        surreal_last_error(r->link.db));
    }
    return rc;
}

int mig_open_replay(const gen_cli *cli, mig_replay *out)
{
    memset(out, 0, sizeof *out);
    return mig_open_dev(cli, &out->link);
}

void mig_close_replay(mig_replay *r)
{
    if (r->link.db != NULL) remove_place(r);
    db_close(&r->link);
}

/* -------------------------------------------------------------------- steps */

/* Without the word that sends an index to the background. */
static void add_at_once(gen_buf *out, gen_str text)
{
    static const char word[] = "CONCURRENTLY";
    size_t len = sizeof word - 1;
    char quote = 0;
    size_t i;

    for (i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '\'' || c == '"' || c == '`') {
            quote = c;
        } else if (i + len <= text.len && i > 0
                   && gen_word_eq(gen_str_sub(text, i, i + len), word)
                   && strchr(" \t\n;", text.ptr[i - 1]) != NULL) {
            i += len - 1;
            continue;
        }
        gen_buf_add_char(out, c);
    }
}

static void add_step(gen_buf *out, const mig_step *step)
{
    gen_buf_add_text(out, "BEGIN;\n");
    if (step->kind == SURREAL_STEP_DATA) {
        gen_buf_add_text(out, "LET $batch = (SELECT VALUE id FROM ");
        gen_surql_name(out, step->table);
        if (step->where.len > 0) {
            gen_buf_add_text(out, " WHERE ");
            gen_buf_add_str(out, step->where);
        }
        gen_buf_add_text(out, ");\n");
    }
    if (step->kind == SURREAL_STEP_INDEX) {
        add_at_once(out, step->text);
    } else {
        gen_buf_add_str(out, step->text);
    }
    gen_buf_add_text(out, "\n;COMMIT;\n");
}

static int run_step(mig_replay *r, const mig_migration *m,
                    const mig_step *step, bool down)
{
    surreal_result *result = NULL;
    const surreal_error *err;
    gen_buf text;
    int tries = 0;
    int rc;

    gen_buf_init(&text, r->link.ctx);
    add_step(&text, step);
    /* Removing a table goes on in the background for a moment. */
    do {
        surreal_result_free(result);
        result = NULL;
        rc = db_send(&r->link, &text, &result, &err);
    } while (rc == CLI_FINE && err != NULL && ++tries < TRIES
             && err->status == SURREAL_CONFLICT);
    if (rc == CLI_FINE && err != NULL) {
        cli_say("%s, run from the beginning: %s", m->id.ptr,
                db_reason(r->link.ctx, err->message));
        fprintf(stderr, "  in the step at %s:%lu\n",
                down ? m->down.path.ptr : m->up.path.ptr,
                (unsigned long)step->line);
        rc = CLI_SCHEMA;
    }
    surreal_result_free(result);
    return rc;
}

int mig_replay_script(mig_replay *r, const mig_migration *m, bool down)
{
    const gen_list *steps = down ? &m->down.steps : &m->up.steps;
    size_t i;
    int rc = CLI_FINE;

    for (i = 0; rc == CLI_FINE && i < steps->count; i++) {
        rc = run_step(r, m, mig_step_at(steps, i), down);
    }
    return rc;
}

int mig_replay_read(mig_replay *r, db_catalogue *out)
{
    gen_list all = { NULL, 0, 0 };
    int rc = db_read(&r->link, GEN_LEVEL_DATABASE, &all, out);

    return rc == CLI_FINE ? db_mark(r->link.ctx, db_target(&r->link), out)
        : rc;
}

/* The way from the first migration to `to`, which comes last. */
gen_list mig_way_to(const mig_chain *chain, const mig_migration *to)
{
    gen_list back = { NULL, 0, 0 };
    gen_list out = { NULL, 0, 0 };
    size_t i;

    for (; to != NULL && back.count <= chain->all.count;
         to = to->parent.len > 0 ? mig_find_id(chain, to->parent) : NULL) {
        gen_list_push(chain->ctx, &back, (void *)(uintptr_t)to);
    }
    for (i = back.count; i > 0; i--) {
        gen_list_push(chain->ctx, &out, back.at[i - 1]);
    }
    return out;
}

int mig_replay_list(mig_replay *r, const gen_list *list)
{
    size_t i;
    int rc = make_place(r);

    for (i = 0; rc == CLI_FINE && i < list->count; i++) {
        rc = mig_replay_script(r, mig_at(list, i), false);
    }
    return rc;
}

/* ---------------------------------------------------------- the whole check */

static void say_list(const char *ours, const char *live, const gen_list *list,
                     gen_ctx *ctx)
{
    static const char *const words[] = { "only", "only", "" };
    size_t i;

    for (i = 0; i < list->count; i++) {
        const mig_drift *drift = mig_drift_at(list, i);
        gen_buf object;
        gen_buf_init(&object, ctx);
        mig_add_object(&object, drift);
        fprintf(stderr, "  %s", object.ptr);
        if (drift->op == MIG_CHANGE) {
            fprintf(stderr, "\n    %s: %s\n    %s: %s\n", ours,
                    drift->ours.ptr, live, drift->live.ptr);
        } else {
            fprintf(stderr, "   %s %s: %s\n",
                    drift->op == MIG_ADD ? live : ours, words[drift->op],
                    drift->op == MIG_ADD ? drift->live.ptr : drift->ours.ptr);
        }
    }
}

/* schema.snap against what the server has after up.surql. */
static int check_snapshot(mig_replay *r, const mig_migration *m,
                          const db_catalogue *now, bool *fine)
{
    gen_ctx *ctx = r->link.ctx;
    gen_list list = { NULL, 0, 0 };
    db_link link = r->link;
    db_catalogue ours;
    mig_shadow how;
    int rc;

    link.ns = link.name = gen_str_lit("");
    rc = mig_shadow_read(&link, m->snapshot, true, &how, &ours);
    if (rc == CLI_FINE
        && surreal_use(r->link.db, r->link.ns.ptr, r->link.name.ptr)
            != SURREAL_OK) {
        rc = db_refused(&r->link, "cannot use the database that was made",
                        surreal_last_error(r->link.db));
    }
    if (rc != CLI_FINE) return rc;
    mig_compare(ctx, db_target(&r->link), &ours, now, &list);
    if (list.count == 0) return CLI_FINE;
    *fine = false;
    cli_say("%s/schema.snap is not what its migrations make", m->dir.ptr);
    say_list("snapshot", "made", &list, ctx);
    return CLI_FINE;
}

/* Down, and what was there before must be there again; then up once more. */
static int check_down(mig_replay *r, const mig_migration *m,
                      const db_catalogue *before, bool *fine)
{
    gen_ctx *ctx = r->link.ctx;
    gen_list list = { NULL, 0, 0 };
    db_catalogue after;
    int rc;

    if (m->down.is_empty || m->down_class == MIG_IRREVERSIBLE) {
        return CLI_FINE;
    }
    rc = mig_replay_script(r, m, true);
    if (rc == CLI_FINE) rc = mig_replay_read(r, &after);
    if (rc != CLI_FINE) return rc;
    mig_compare(ctx, db_target(&r->link), before, &after, &list);
    /* What is lost cannot be asked for again: a column comes back optional. */
    if (list.count > 0 && m->down_class != MIG_LOSSY) {
        *fine = false;
        cli_say("%s does not lead back to what was before %s, as its class, "
                "%s, says", m->down.path.ptr, m->up.path.ptr,
                mig_class_word(m->down_class));
        say_list("before", "after up and down", &list, ctx);
    }
    if (list.count > 0) {
        gen_list way = mig_way_to(r->chain, m);
        return mig_replay_list(r, &way);
    }
    return mig_replay_script(r, m, false);
}

int mig_check_replay(const gen_cli *cli, const mig_chain *chain)
{
    const mig_migration *newest = NULL;
    db_catalogue before;
    mig_replay r;
    gen_list way;
    gen_list none = { NULL, 0, 0 };
    bool fine = true;
    size_t i;
    int rc = mig_newest(chain, &newest);

    if (rc != CLI_FINE || newest == NULL) return rc;
    rc = mig_open_replay(cli, &r);
    r.chain = chain;
    way = mig_way_to(chain, newest);
    if (rc == CLI_FINE) rc = mig_replay_list(&r, &none);
    if (rc == CLI_FINE) rc = mig_replay_read(&r, &before);
    for (i = 0; rc == CLI_FINE && i < way.count; i++) {
        const mig_migration *m = mig_at(&way, i);
        db_catalogue now;
        memset(&now, 0, sizeof now);
        rc = mig_replay_script(&r, m, false);
        if (rc == CLI_FINE) rc = mig_replay_read(&r, &now);
        if (rc == CLI_FINE) rc = check_snapshot(&r, m, &now, &fine);
        if (rc == CLI_FINE) rc = check_down(&r, m, &before, &fine);
        before = now;
        db_progress("migrations", i + 1, way.count);
    }
    mig_close_replay(&r);
    if (rc != CLI_FINE) return rc;
    return fine ? CLI_FINE : CLI_SCHEMA;
}
