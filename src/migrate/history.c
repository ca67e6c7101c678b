/* migrate/history.c: what is written down in the database. */
#include "migrate/migrate.h"

#include <inttypes.h>

/* Two tables are written with every migration, so they have no columns with
 * types but those the server fills in: on SurrealDB 3 each of them is a part in
 * forty of what a small migration takes. Nobody writes there by hand. */
static const char srl_mig_tables[] =
    "BEGIN;"
    "DEFINE TABLE IF NOT EXISTS _surrealgen_migration TYPE NORMAL SCHEMALESS "
    "PERMISSIONS NONE;"
    "DEFINE FIELD IF NOT EXISTS applied_at ON _surrealgen_migration "
    "TYPE datetime DEFAULT time::now();"
    "DEFINE TABLE IF NOT EXISTS _surrealgen_log TYPE NORMAL SCHEMALESS "
    "PERMISSIONS NONE;"
    "DEFINE FIELD IF NOT EXISTS at ON _surrealgen_log TYPE datetime "
    "DEFAULT time::now();"
    "DEFINE TABLE IF NOT EXISTS _surrealgen_lock TYPE NORMAL SCHEMAFULL "
    "PERMISSIONS NONE;"
    "DEFINE FIELD IF NOT EXISTS owner ON _surrealgen_lock TYPE string;"
    "DEFINE FIELD IF NOT EXISTS held_by ON _surrealgen_lock TYPE string;"
    "DEFINE FIELD IF NOT EXISTS host ON _surrealgen_lock TYPE string;"
    "DEFINE FIELD IF NOT EXISTS pid ON _surrealgen_lock TYPE int;"
    "DEFINE FIELD IF NOT EXISTS since ON _surrealgen_lock TYPE datetime;"
    "DEFINE FIELD IF NOT EXISTS until ON _surrealgen_lock TYPE datetime;"
    "DEFINE TABLE IF NOT EXISTS _surrealgen_attic TYPE NORMAL SCHEMALESS "
    "PERMISSIONS NONE;"
    "COMMIT;";

static surreal_status
srl_mig_define(srl_mig *m)
{
    surreal_tx_options often;
    surreal_status status;
    int attempt = 0;

    memset(&often, 0, sizeof often);
    often.attempts = SRL_MIG_TRIES;
    do {
        srl_mig_begin_bare(m);
        srl_mig_ours(m, srl_mig_tables, 0);
        srl_mig_kind(m, SURREAL_MIGRATE_TABLES);
        status = srl_mig_send(m, SURREAL_NO_VARS, NULL);
        if (srl_mig_is_shown(m)) return status;
        attempt++;
    } while (srl_tx_again(m->db, &often, status, attempt) ||
             (srl_mig_is_lost(status) && attempt < SRL_MIG_LOSSES));
    return status;
}

SRL_FN srl_mig_state
srl_mig_state_of(surreal_value row)
{
    surreal_str status = surreal_str_at(row, "status");

    if (!row.doc) return SRL_MIG_ABSENT;
    if (surreal_str_eq(status, SURREAL_LIT("partial"))) return SRL_MIG_PARTIAL;
    if (surreal_str_eq(status, SURREAL_LIT("reverting"))) {
        return SRL_MIG_REVERTING;
    }
    return SRL_MIG_APPLIED;
}

/* The rows of the chain where they belong; others stay in the result. */
static void
srl_mig_place_rows(srl_mig *m)
{
    surreal_iter it = surreal_iterate(surreal_rows(m->history, 0));
    size_t guess = 0;

    memset(m->rows, 0, m->chain->count * sizeof *m->rows);
    while (surreal_next(&it)) {
        surreal_str id;
        size_t i = guess;

        if (surreal_get_str(surreal_record_key(surreal_field(it.value, "id")),
                            &id)) {
            continue;
        }
        /* They come in the chain's own order, as a rule. */
        if (i >= m->chain->count ||
            !surreal_str_eq(id, surreal_text(m->chain->at[i].id))) {
            i = srl_mig_find(m, id);
        }
        if (i == m->chain->count) continue;
        m->rows[i].v = it.value;
        m->rows[i].state = srl_mig_state_of(it.value);
        guess = i + 1;
    }
}

/* Without a connection: as if nothing was applied, or on the way down all. */
static surreal_status
srl_mig_load_none(srl_mig *m, bool may_define)
{
    bool is_down = m->opt.mode == SURREAL_MIGRATE_DOWN;
    size_t i;

    memset(m->rows, 0, m->chain->count * sizeof *m->rows);
    for (i = 0; is_down && i < m->chain->count; i++) {
        m->rows[i].state = SRL_MIG_APPLIED;
    }
    return may_define && !is_down ? srl_mig_define(m) : SURREAL_OK;
}

/* SurrealDB 3 fails for a table that is missing, 2 has no rows then. */
SRL_FN surreal_status
srl_mig_load(srl_mig *m, bool may_define)
{
    surreal_status status;
    int losses = 0;

    if (!m->db) return srl_mig_load_none(m, may_define);
    for (;;) {
        surreal_result_free(m->history);
        m->history = NULL;
        srl_mig_begin_bare(m);
        srl_mig_ours(m, "SELECT * FROM _surrealgen_migration ORDER BY id;", 1);
        m->is_reading = true;
        status = srl_mig_send(m, SURREAL_NO_VARS, &m->history);
        m->is_reading = false;
        if (srl_mig_is_lost(status) && ++losses < SRL_MIG_LOSSES) continue;
        if (status && status != SURREAL_ERR_UNDEFINED) return status;
        if (!may_define ||
            (!status && surreal_count(surreal_rows(m->history, 0)))) {
            break;
        }
        SRL_TRY(srl_mig_define(m));
        if (srl_mig_is_shown(m)) break;
        may_define = false;
    }
    srl_mig_place_rows(m);
    return SURREAL_OK;
}

/* ---- rows --------------------------------------------------------------- */

static surreal_bind
srl_mig_bind_text(const char *name, const char *text)
{
    return text ? surreal_bind_text(name, text) : surreal_bind_none(name);
}

/* Texts as one array, appended to m->encoded. */
static void
srl_mig_put_sums(srl_mig *m, const surreal_migration *what, bool is_down)
{
    size_t count = srl_mig_steps_of(what, is_down);
    size_t i;

    srl_cbor_put_head(&m->encoded, SRL_CBOR_ARRAY, count);
    for (i = 0; i < count; i++) {
        const char *sum = srl_mig_step_of(what, is_down, i)->checksum;

        srl_put_str(&m->encoded, surreal_text(sum ? sum : ""));
    }
}

static void
srl_mig_put_ids(srl_mig *m, const surreal_migration *what)
{
    size_t i;

    srl_cbor_put_head(&m->encoded, SRL_CBOR_ARRAY, what->replaces_count);
    for (i = 0; i < what->replaces_count; i++) {
        srl_put_str(&m->encoded, surreal_text(what->replaces[i]));
    }
}

static const char *
srl_mig_by(const srl_mig *m)
{
    return m->opt.by ? m->opt.by : "surreal.h";
}

static void
srl_mig_fill_log(srl_mig *m, const srl_mig_new *what, surreal_bind *log)
{
    log[0] = surreal_bind_text("action", what->action);
    log[1] = surreal_bind_text("migration", what->what->id);
    log[2] = surreal_bind_text("checksum", what->what->checksum);
    log[3] = srl_mig_bind_text("reason", m->opt.reason);
    log[4] = surreal_bind_text("done_by", srl_mig_by(m));
    log[5] = surreal_bind_text("run", m->run);
}

SRL_FN surreal_status
srl_mig_fill(srl_mig *m, const srl_mig_new *what, srl_mig_vars *out)
{
    const surreal_migration *mig = what->what;
    surreal_bind *row = out->row;
    surreal_vars fields;
    surreal_bytes sums;
    surreal_bytes ids;
    size_t mark;

    m->encoded.len = 0;
    m->encoded.status = SURREAL_OK;
    srl_mig_put_sums(m, mig, what->is_down);
    mark = m->encoded.len;
    srl_mig_put_ids(m, mig);
    if (m->encoded.status) {
        return srl_fail(m->err, m->encoded.status, "the row of %s: %s",
                        mig->id, surreal_status_text(m->encoded.status));
    }
    sums.ptr = m->encoded.data;
    sums.len = mark;
    ids.ptr = m->encoded.data + mark;
    ids.len = m->encoded.len - mark;
    row[0] = surreal_bind_text("kind", what->kind);
    row[1] = surreal_bind_text("status", what->status);
    row[2] = surreal_bind_text("checksum", mig->checksum);
    row[3] = srl_mig_bind_text("parent", mig->parent);
    row[4] = srl_mig_bind_text("schema_hash", mig->schema_hash);
    row[5] = surreal_bind_encoded("replaces", ids);
    row[6] = surreal_bind_int("steps_total", (int64_t)srl_mig_steps_of(
                                                 mig, what->is_down));
    row[7] = surreal_bind_int("steps_done", (int64_t)what->done);
    row[8] = surreal_bind_encoded("step_sums", sums);
    row[9] = surreal_bind_int("rows", 0);
    row[10] = surreal_bind_text("tool", "surreal.h " SURREAL_VERSION);
    row[11] = srl_mig_bind_text("server", m->db ? m->db->conn->version_text
                                                : NULL);
    row[12] = surreal_bind_text("run", m->run);
    row[13] = surreal_bind_text("applied_by", srl_mig_by(m));
    fields.v = row;
    fields.count = 14;
    out->binds[0] = surreal_bind_id(
        "srl_id", surreal_id_str("_surrealgen_migration",
                                 surreal_text(mig->id)));
    out->binds[1] = surreal_bind_object("srl_row", fields);
    srl_mig_fill_log(m, what, out->log);
    fields.v = out->log;
    fields.count = SRL_MIG_LOG_FIELDS;
    out->binds[2] = surreal_bind_object("srl_log", fields);
    out->count = 3;
    return SURREAL_OK;
}

SRL_FN surreal_vars
srl_mig_vars_of(const srl_mig_vars *vars)
{
    surreal_vars out;

    out.v = vars->binds;
    out.count = vars->count;
    return out;
}

SRL_FN bool
srl_mig_did(srl_mig *m, const surreal_migration *what, bool is_down)
{
    surreal_bind binds[3];
    surreal_vars vars;
    surreal_result *r = NULL;
    bool did = false;

    if (!m->was_lost) return false;
    binds[0] = surreal_bind_text("srl_run", m->run);
    binds[1] = surreal_bind_text("srl_what", what->id);
    binds[2] = surreal_bind_bool("srl_down", is_down);
    vars.v = binds;
    vars.count = 3;
    srl_mig_begin_bare(m);
    srl_mig_ours(m, "SELECT VALUE id FROM _surrealgen_log WHERE run = $srl_run "
                    "AND migration = $srl_what AND (action = 'down') = "
                    "$srl_down;", 1);
    if (!srl_mig_send(m, vars, &r)) {
        did = surreal_count(surreal_rows(r, 0)) > 0;
    }
    surreal_result_free(r);
    return did;
}
