/* surrealgen/migrate/look.c: what is pending, looked at before it runs.
 *
 * The rules of lint, with rows counted where a rule asks for it; and drift:
 * what somebody changed by hand in the objects the migrations are about would
 * be written over, or make them fail half way. Elsewhere it is only told. */
#include "drift.h"
#include "verb.h"

#include <stdio.h>
#include <string.h>

/* -------------------------------------------------------------------- lint */

static int lint(mig_session *s, const gen_list *pending)
{
    gen_list approved;
    size_t i;
    int rc = CLI_FINE;

    mig_list_approved(s->cli, &approved);
    for (i = 0; i < pending->count && rc == CLI_FINE; i++) {
        const mig_migration *one = mig_at(pending, i);
        mig_state before;
        mig_state after;
        mig_lint how;
        rc = mig_states_around(&s->chain, one, &before, &after);
        if (rc != CLI_FINE) return rc;
        memset(&how, 0, sizeof how);
        how.ctx = s->cli->ctx;
        how.what = one;
        how.before = &before;
        how.after = &after;
        how.link = i == 0 ? &s->link : NULL; /* later ones meet other rows */
        how.approved = &approved;
        how.after_deploy = true; /* else it would not be among them */
        mig_lint_migration(&how);
    }
    cli_print_diags(s->cli);
    if (gen_error_count(s->cli->ctx) > 0) {
        cli_say("%s: refused, nothing was changed; --allow approves a class "
                "or a code", s->cli->verb->name);
        return CLI_REFUSED;
    }
    if (cli_flag(s->cli, CLI_STRICT) && gen_warning_count(s->cli->ctx) > 0) {
        return CLI_FOUND;
    }
    return CLI_FINE;
}

/* ------------------------------------------------------------------- drift */

static bool is_table(db_kind kind)
{
    return kind == DB_TABLE || kind == DB_VIEW;
}

/* The change is about this very object, or about the table it belongs to. */
static bool meets(const mig_change *change, const mig_drift *drift)
{
    const mig_def *def = change->after != NULL ? change->after
        : change->before;
    gen_str table = is_table(drift->kind) ? drift->name : drift->table;

    if (is_table(def->kind)) return gen_str_eq(def->name, table);
    return def->kind == drift->kind && gen_str_eq(def->table, drift->table)
        && gen_str_eq(def->name, drift->name);
}

static bool is_met(const gen_list *changes, const mig_drift *drift)
{
    size_t i;

    for (i = 0; i < changes->count; i++) {
        if (meets(mig_change_at(changes, i), drift)) return true;
    }
    return false;
}

/* From what is applied to what the last pending one leaves. */
static int list_changes(const mig_session *s, const mig_migration *applied,
                        const gen_list *pending, gen_list *out)
{
    const mig_migration *last = mig_at(pending, pending->count - 1);
    gen_version target = mig_target(last);
    mig_state before;
    mig_state after;
    int rc = mig_state_after(s->cli->ctx, applied, target, &before);

    if (rc == CLI_FINE) {
        rc = mig_state_after(s->cli->ctx, last, target, &after);
    }
    if (rc != CLI_FINE) return rc;
    memset(out, 0, sizeof *out);
    return mig_diff(s->cli->ctx, &before, &after, out) ? CLI_FINE
        : CLI_FAILED;
}

static void say_drift(const mig_drift *drift)
{
    static const char *const words[] = { "is in the database alone",
                                         "is gone from the database",
                                         "is defined otherwise", "" };

    fprintf(stderr, "  %.*s%s%.*s %s\n", (int)drift->table.len,
            drift->table.ptr, drift->table.len > 0 ? "." : "",
            (int)drift->name.len, drift->name.ptr, words[drift->op]);
}

/* Another run applied one between the two readings: what looks like changed by
 * hand is that, and the run itself finds out what is left to do. */
static bool has_moved(mig_session *s)
{
    mig_history now;

    return mig_read_history(&s->link, &s->chain, &now) == CLI_FINE
        && now.rows.count != s->history.rows.count;
}

/* What the database has of a migration without a folder looks like drift; the
 * run refuses it, and names the migration. */
static bool has_unknown(const mig_session *s)
{
    size_t i;

    for (i = 0; i < s->history.rows.count; i++) {
        const mig_row *row = mig_row_at(&s->history.rows, i);
        if (row->of == NULL && !mig_is_replaced(&s->chain.all, row->id)) {
            return true;
        }
    }
    return false;
}

static int find_drift(mig_session *s, const gen_list *pending)
{
    const mig_migration *applied
        = mig_last_applied(&s->chain, &s->history);
    gen_list changes;
    gen_list drifts;
    size_t met = 0;
    size_t i;
    int rc;

    if (applied == NULL || pending->count == 0 || has_unknown(s)) {
        return CLI_FINE;
    }
    /* One that is half applied has made the schema neither of the two. */
    if (mig_row_of(&s->history, mig_at(pending, 0)->id) != NULL) {
        return CLI_FINE;
    }
    rc = mig_drift_of(&s->link, &s->chain, applied, &drifts);
    if (rc != CLI_FINE || drifts.count == 0) return rc;
    rc = list_changes(s, applied, pending, &changes);
    if (rc != CLI_FINE) return rc;
    for (i = 0; i < drifts.count; i++) {
        if (is_met(&changes, mig_drift_at(&drifts, i))) met++;
    }
    if (met == 0) {
        cli_say("note: %lu object%s from what %s left, none of them in the "
                "way; `surrealgen schema check` lists them",
                (unsigned long)drifts.count,
                drifts.count == 1 ? " differs" : "s differ",
                applied->id.ptr);
        return CLI_FINE;
    }
    if (has_moved(s)) return CLI_FINE;
    cli_say("%s: somebody changed what it is about, since %s:",
            s->cli->verb->name, applied->id.ptr);
    for (i = 0; i < drifts.count; i++) {
        const mig_drift *drift = mig_drift_at(&drifts, i);
        if (is_met(&changes, drift)) say_drift(drift);
    }
    if (mig_is_allowed(s->cli, "drift")) return CLI_FINE;
    fputs("  help: `surrealgen schema check --show-diff` says how; --allow "
          "drift goes on all the same\n", stderr);
    return CLI_REFUSED;
}

int mig_look(mig_session *s, const gen_list *pending)
{
    int rc = lint(s, pending);

    return rc == CLI_FINE ? find_drift(s, pending) : rc;
}
