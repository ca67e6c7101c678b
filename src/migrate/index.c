/* migrate/index.c: indexes that are built beside the traffic. */
#include "migrate/migrate.h"

/* Such an index is defined outside of a transaction, and so may be there
 * already when a program that died is followed by another:
 *
 *   cursor NONE       not defined by us: one that is there is an error
 *   cursor "index"    we were about to define it, or did: one that is there
 *                     is ours. Waited for if the server says it is building or
 *                     ready, defined anew otherwise (the server restarted)
 *
 * One that fails is removed, or it would be in the way of the next try. */
#define SRL_MIG_INDEX_MS 1000 /* longest pause between two looks */

/* Ours, as it stands with the server: "ready", "indexing", "error: ...". */
typedef enum srl_mig_build {
    SRL_MIG_BUILD_NONE = 0, /* there is no such index */
    SRL_MIG_BUILD_RUNS,
    SRL_MIG_BUILD_READY,
    SRL_MIG_BUILD_FAILED,
    SRL_MIG_BUILD_LOST /* it is there and nobody builds it */
} srl_mig_build;

static void
srl_mig_put_index(srl_mig *m, const char *verb,
                  const surreal_migration_step *s)
{
    srl_mig_begin_bare(m);
    srl_mig_ours(m, verb, 1);
    srl_mig_put_name(m, surreal_text(s->index));
    srl_mig_ours(m, " ON ", 0);
    srl_mig_put_name(m, surreal_text(s->table));
    srl_mig_ours(m, ";", 0);
}

/* Send something that may be sent again. */
static surreal_status
srl_mig_ask(srl_mig *m, surreal_result **out)
{
    surreal_tx_options often;
    surreal_status status;
    int attempt = 0;

    memset(&often, 0, sizeof often);
    often.attempts = SRL_MIG_TRIES;
    do {
        status = srl_mig_send(m, SURREAL_NO_VARS, out);
        attempt++;
    } while (srl_tx_again(m->db, &often, status, attempt) ||
             (srl_mig_is_lost(status) && attempt < SRL_MIG_LOSSES));
    return status;
}

/* How far it is; *why, for a failure, in m->err. */
static surreal_status
srl_mig_index_look(srl_mig *m, const surreal_migration_step *s,
                   srl_mig_build *out)
{
    surreal_result *r = NULL;
    surreal_value build;
    surreal_str status_text;
    surreal_status status;

    *out = SRL_MIG_BUILD_NONE;
    srl_mig_put_index(m, "INFO FOR INDEX ", s);
    status = srl_mig_ask(m, &r);
    if (status == SURREAL_ERR_UNDEFINED) {
        surreal_result_free(r);
        return SURREAL_OK;
    }
    if (!status) {
        build = surreal_field(surreal_statement_value(r, 0), "building");
        status_text = surreal_str_at(build, "status");
        if (surreal_str_eq(status_text, SURREAL_LIT("ready"))) {
            *out = SRL_MIG_BUILD_READY;
        } else if (surreal_str_eq(status_text, SURREAL_LIT("error")) ||
                   surreal_str_eq(status_text, SURREAL_LIT("aborted"))) {
            surreal_str why = surreal_str_at(build, "error");

            srl_fail(m->err, SURREAL_ERR_STATEMENT,
                     "the index cannot be built: %.*s", SURREAL_FMT(why));
            *out = SRL_MIG_BUILD_FAILED;
        } else if (status_text.len) {
            *out = SRL_MIG_BUILD_RUNS;
        } else {
            *out = SRL_MIG_BUILD_LOST;
        }
    }
    surreal_result_free(r);
    return status;
}

static surreal_status
srl_mig_index_remove(srl_mig *m, const surreal_migration_step *s)
{
    srl_mig_put_index(m, "REMOVE INDEX IF EXISTS ", s);
    return srl_mig_ask(m, NULL);
}

/* Move the row: to "index", or to the next step. */
static surreal_status
srl_mig_index_mark(srl_mig *m, size_t i, bool is_down, size_t step,
                   bool is_done, srl_mig_end *end)
{
    const surreal_migration *what = &m->chain->at[i];
    srl_mig_vars vars;
    srl_mig_new row;

    memset(&row, 0, sizeof row);
    row.what = what;
    row.kind = row.status = "";
    row.action = is_down ? "down" : "up";
    row.is_down = is_down;
    SRL_TRY(srl_mig_fill(m, &row, &vars));
    srl_mig_begin(m);
    if (is_done) {
        srl_mig_put_guard(m, what, is_down, step);
        srl_mig_put_last(m, what, is_down, step);
    } else {
        srl_mig_ours(m, "LET $srl_at = (UPDATE $srl_id SET cursor = 'index', "
                        "step_sums = $srl_row.step_sums WHERE status = ", 0);
        srl_mig_ours(m, is_down ? "'reverting'" : "'partial'", 0);
        srl_mig_ours(m, " AND steps_done = ", 0);
        srl_mig_put_size(m, step);
        srl_mig_ours(m, " RETURN BEFORE);\n"
                        "IF !$srl_at { THROW 'surrealgen: elsewhere' };\n", 2);
    }
    srl_mig_ours(m, "COMMIT;", 0);
    return srl_mig_move(m, i, is_down, step, srl_mig_vars_of(&vars), NULL,
                        end);
}

/* After a refusal the step has not begun: nothing of it is there. */
static surreal_status
srl_mig_index_unmark(srl_mig *m, size_t i, bool is_down, size_t step,
                     surreal_status status)
{
    const surreal_migration *what = &m->chain->at[i];
    surreal_error was = *m->err;
    surreal_bind id = surreal_bind_id(
        "srl_id", surreal_id_str("_surrealgen_migration",
                                 surreal_text(what->id)));
    surreal_vars vars;

    vars.v = &id;
    vars.count = 1;
    srl_mig_begin_bare(m);
    srl_mig_ours(m, "UPDATE $srl_id SET cursor = NONE WHERE cursor = 'index' "
                    "AND steps_done = ", 1);
    srl_mig_put_size(m, step);
    srl_mig_ours(m, is_down ? " AND status = 'reverting';"
                            : " AND status = 'partial';", 0);
    srl_mig_send(m, vars, NULL);
    *m->err = was;
    return status;
}

/* DEFINE it. A connection that is lost here leaves it defined or not. */
static surreal_status
srl_mig_index_define(srl_mig *m, const surreal_migration *what, bool is_down,
                     size_t step)
{
    const surreal_migration_step *s = srl_mig_step_of(what, is_down, step);
    srl_mig_build build;
    surreal_status status;
    int losses = 0;

    for (;;) {
        srl_mig_begin_bare(m);
        SRL_TRY(srl_mig_put_step(m, what, is_down, step));
        srl_mig_kind(m, SURREAL_MIGRATE_INDEX);
        status = srl_mig_send(m, SURREAL_NO_VARS, NULL);
        if (srl_mig_is_shown(m)) return status;
        if (status == SURREAL_CONFLICT && losses++ < SRL_MIG_TRIES) {
            srl_mig_pause(m, 20);
            continue;
        }
        if (!srl_mig_is_lost(status) || losses++ >= SRL_MIG_LOSSES) break;
        SRL_TRY(srl_mig_index_look(m, s, &build));
        if (build != SRL_MIG_BUILD_NONE) return SURREAL_OK;
    }
    return status ? srl_mig_blame(m, what, is_down, step) : SURREAL_OK;
}

static surreal_status
srl_mig_index_wait(srl_mig *m, const surreal_migration *what, bool is_down,
                   size_t step)
{
    const surreal_migration_step *s = srl_mig_step_of(what, is_down, step);
    srl_mig_build build = SRL_MIG_BUILD_RUNS;
    surreal_error why;
    int64_t pause = 10;

    if (srl_mig_is_shown(m)) {
        srl_mig_put_index(m, "INFO FOR INDEX ", s);
        srl_mig_kind(m, SURREAL_MIGRATE_WAIT);
        return srl_mig_send(m, SURREAL_NO_VARS, NULL);
    }
    for (;;) {
        SRL_TRY(srl_mig_index_look(m, s, &build));
        if (build == SRL_MIG_BUILD_READY) return SURREAL_OK;
        if (build == SRL_MIG_BUILD_FAILED) break;
        if (build == SRL_MIG_BUILD_NONE || build == SRL_MIG_BUILD_LOST) {
            SRL_TRY(srl_mig_index_remove(m, s));
            SRL_TRY(srl_mig_index_define(m, what, is_down, step));
        }
        srl_mig_pause(m, pause);
        if (pause < SRL_MIG_INDEX_MS) pause *= 2;
    }
    why = *m->err;
    srl_mig_index_remove(m, s);
    *m->err = why;
    srl_mig_begin_bare(m);
    m->err->statement = -1;
    return srl_mig_blame(m, what, is_down, step);
}

SRL_FN surreal_status
srl_mig_index(srl_mig *m, size_t i, bool is_down, size_t step,
              srl_mig_end *end)
{
    const surreal_migration *what = &m->chain->at[i];
    const surreal_migration_step *s = srl_mig_step_of(what, is_down, step);
    surreal_value cursor = surreal_field(m->rows[i].v, "cursor");
    srl_mig_build build = SRL_MIG_BUILD_NONE;
    surreal_status status = SURREAL_OK;
    bool is_ours =
        !surreal_is_nothing(cursor) &&
        (size_t)surreal_int_at(m->rows[i].v, "steps_done") == step;

    if (is_ours && srl_mig_is_shown(m)) {
        /* How far it is can be seen only by who goes on with it. */
    } else if (is_ours) {
        SRL_TRY(srl_mig_index_look(m, s, &build));
        if (build == SRL_MIG_BUILD_FAILED || build == SRL_MIG_BUILD_LOST) {
            SRL_TRY(srl_mig_index_remove(m, s));
            build = SRL_MIG_BUILD_NONE;
        }
    } else {
        SRL_TRY(srl_mig_index_mark(m, i, is_down, step, false, end));
        if (*end) return SURREAL_OK;
    }
    if (build == SRL_MIG_BUILD_NONE) {
        status = srl_mig_index_define(m, what, is_down, step);
    }
    if (!status) status = srl_mig_index_wait(m, what, is_down, step);
    if (status && srl_mig_is_shown(m)) return status;
    if (status == SURREAL_CONFLICT ||
        surreal_status_class(status) == SURREAL_CLASS_SERVER) {
        return srl_mig_index_unmark(m, i, is_down, step, status);
    }
    if (status) return status; /* it may be there, and would be ours */
    return srl_mig_index_mark(m, i, is_down, step, true, end);
}
