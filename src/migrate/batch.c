/* migrate/batch.c: steps that go through a table, some rows at a time. */
#include "migrate/migrate.h"

/* One request is one transaction:
 *
 *   BEGIN;
 *   LET $batch = (SELECT VALUE id FROM <behind the cursor> WHERE (..) LIMIT n);
 *   LET $srl_at = (UPDATE the row: cursor is the last of $batch, or, when
 *       $batch is short, the step is done, WHERE cursor is $srl_cursor);
 *   IF !$srl_at { THROW };
 *   LET $srl_out = { the step's statement };
 *   SELECT cursor, rows, steps_done, status FROM the row;
 *   COMMIT
 *
 * Ids come in the order of a range, and the next range begins behind the last
 * one: nothing is visited twice, however much is made or deleted meanwhile,
 * and neither side holds more than one batch. */

SRL_FN void
srl_mig_put_batch(srl_mig *m, const surreal_migration_step *step,
                  bool is_first)
{
    srl_buf_put_text(&m->text, "LET $batch = (SELECT VALUE id FROM ");
    if (is_first) {
        srl_mig_put_name(m, surreal_text(step->table));
        srl_buf_put_text(&m->text, ":..");
    } else {
        srl_buf_put_text(&m->text, m->major >= 3 ? "type::record("
                                                 : "type::thing(");
        srl_mig_put_string(m, surreal_text(step->table));
        srl_buf_put_text(&m->text, ", record::id($srl_cursor)>..)");
    }
    if (step->where) {
        srl_buf_put_text(&m->text, " WHERE (");
        srl_buf_put_text(&m->text, step->where);
        srl_buf_put_text(&m->text, "\n)");
    }
    srl_buf_put_text(&m->text, " LIMIT ");
    srl_mig_put_size(m, step->batch);
    srl_mig_ours(m, ");\n", 1);
}

/* The row behind this batch, where it is what it was before it. */
static void
srl_mig_put_mark(srl_mig *m, const surreal_migration *what, bool is_down,
                 size_t step)
{
    size_t n = srl_mig_step_of(what, is_down, step)->batch;
    bool is_last = step + 1 == srl_mig_steps_of(what, is_down);

    srl_buf_put_text(&m->text, "LET $srl_more = array::len($batch) >= ");
    srl_mig_put_size(m, n);
    srl_buf_put_text(&m->text, ";\nLET $srl_at = (UPDATE $srl_id SET cursor = "
                               "IF $srl_more { array::last($batch) } ELSE "
                               "{ NONE }, rows = IF $srl_more { rows + "
                               "array::len($batch) } ELSE { 0 }, steps_done = "
                               "IF $srl_more { ");
    srl_mig_put_size(m, step);
    srl_buf_put_text(&m->text, " } ELSE { ");
    srl_mig_put_size(m, step + 1);
    srl_buf_put_text(&m->text, " }, step_sums = $srl_row.step_sums, "
                               "steps_total = $srl_row.steps_total");
    if (is_last && !is_down) {
        srl_buf_put_text(&m->text, ", status = IF $srl_more { 'partial' } ELSE "
                                   "{ 'applied' }, checksum = IF $srl_more "
                                   "{ checksum } ELSE { $srl_row.checksum }");
    }
    srl_buf_put_text(&m->text, is_down ? " WHERE status = 'reverting'"
                                       : " WHERE status = 'partial'");
    srl_buf_put_text(&m->text, " AND steps_done = ");
    srl_mig_put_size(m, step);
    srl_mig_ours(m, " AND cursor = $srl_cursor RETURN BEFORE);\n"
                    "IF !$srl_at { THROW 'surrealgen: elsewhere' };\n", 3);
    if (!is_last) return;
    srl_mig_ours(m, is_down ? "IF !$srl_more { DELETE $srl_id };\n"
                            : "IF !$srl_more { UPDATE $srl_id SET took = "
                              "time::now() - applied_at };\n", 1);
    srl_mig_ours(m, "IF !$srl_more { CREATE _surrealgen_log CONTENT $srl_log "
                    "};\n", 1);
}

static surreal_status
srl_mig_put_data(srl_mig *m, const surreal_migration *what, bool is_down,
                 size_t step, bool is_first)
{
    const surreal_migration_step *s = srl_mig_step_of(what, is_down, step);
    size_t answers = m->major >= 3;

    srl_mig_begin(m);
    srl_mig_put_batch(m, s, is_first);
    srl_mig_put_mark(m, what, is_down, step);
    if (!is_down) srl_mig_put_archive(m, what, step);
    if (s->is_quiet) srl_mig_ours(m, "OPTION IMPORT;\n", answers);
    SRL_TRY(srl_mig_put_block(m, what, is_down, step));
    if (s->is_quiet) srl_mig_ours(m, "OPTION IMPORT = FALSE;\n", answers);
    srl_mig_ours(m, "RETURN [{ more: $srl_more, n: array::len($batch), cursor: "
                    "array::last($batch) }];\nCOMMIT;", 0);
    return SURREAL_OK;
}

/* What the RETURN gave: the one answer that is an array. */
static surreal_value
srl_mig_data_row(const surreal_result *r)
{
    surreal_value none = {NULL, NULL};
    size_t i = surreal_statements(r);

    while (i > 0) {
        surreal_value row = surreal_at(surreal_rows(r, --i), 0);

        if (surreal_field(row, "more").doc) return row;
    }
    return none;
}

/* For who looks on: how many rows there are, about. */
static surreal_status
srl_mig_count(srl_mig *m, const surreal_migration_step *step,
              surreal_value cursor, uint64_t *out)
{
    surreal_bind bind = surreal_bind_value("srl_cursor", cursor);
    surreal_result *r = NULL;
    surreal_vars vars;
    surreal_status status;
    bool is_first = surreal_is_nothing(cursor);

    *out = 0;
    if (!m->opt.on_event) return SURREAL_OK;
    vars.v = &bind;
    vars.count = !is_first;
    srl_mig_begin_bare(m);
    srl_mig_ours(m, "SELECT count() FROM ", 1);
    if (is_first && !step->where) {
        srl_mig_put_name(m, surreal_text(step->table));
    } else if (is_first) {
        srl_mig_put_name(m, surreal_text(step->table));
        srl_buf_put_text(&m->text, ":..");
    } else {
        srl_buf_put_text(&m->text, m->major >= 3 ? "type::record("
                                                 : "type::thing(");
        srl_mig_put_string(m, surreal_text(step->table));
        srl_buf_put_text(&m->text, ", record::id($srl_cursor)>..)");
    }
    if (step->where) {
        srl_buf_put_text(&m->text, " WHERE (");
        srl_buf_put_text(&m->text, step->where);
        srl_buf_put_text(&m->text, "\n)");
    }
    srl_buf_put_text(&m->text, " GROUP ALL;");
    status = srl_mig_send(m, vars, &r);
    if (!status) {
        *out = (uint64_t)surreal_int_at(surreal_at(surreal_rows(r, 0), 0),
                                        "count");
    }
    surreal_result_free(r);
    return status;
}

/* One batch. *r is the answer of the last one and has the cursor. */
static surreal_status
srl_mig_data_one(srl_mig *m, size_t i, bool is_down, size_t step,
                 surreal_value cursor, surreal_result **r, srl_mig_end *end)
{
    const surreal_migration *what = &m->chain->at[i];
    bool is_first = surreal_is_nothing(cursor);
    srl_mig_new row;
    srl_mig_vars vars;

    memset(&row, 0, sizeof row);
    row.what = what;
    row.kind = row.status = "";
    row.action = is_down ? "down" : "up";
    row.is_down = is_down;
    SRL_TRY(srl_mig_fill(m, &row, &vars));
    vars.binds[vars.count++] = is_first
                                   ? surreal_bind_none("srl_cursor")
                                   : surreal_bind_value("srl_cursor", cursor);
    SRL_TRY(srl_mig_put_data(m, what, is_down, step, is_first));
    return srl_mig_move(m, i, is_down, step, srl_mig_vars_of(&vars), r, end);
}

SRL_FN surreal_status
srl_mig_data(srl_mig *m, size_t i, bool is_down, size_t step,
             srl_mig_end *end)
{
    const surreal_migration *what = &m->chain->at[i];
    const surreal_migration_step *s = srl_mig_step_of(what, is_down, step);
    surreal_value cursor = surreal_field(m->rows[i].v, "cursor");
    uint64_t rows = (uint64_t)surreal_int_at(m->rows[i].v, "rows");
    surreal_result *last = NULL;
    surreal_status status;
    uint64_t all;
    bool more = true;

    if ((size_t)surreal_int_at(m->rows[i].v, "steps_done") != step) {
        memset(&cursor, 0, sizeof cursor); /* of a step before this one */
        rows = 0;
    }
    status = srl_mig_count(m, s, cursor, &all);
    if (status) return srl_mig_blame(m, what, is_down, step);
    all += rows;
    while (more && !status && !*end) {
        surreal_result *r = NULL;
        surreal_value row;

        status = srl_mig_data_one(m, i, is_down, step, cursor, &r, end);
        surreal_result_free(last);
        last = r;
        if (status || *end) break;
        row = srl_mig_data_row(r);
        cursor = surreal_field(row, "cursor");
        more = surreal_bool_at(row, "more");
        rows += (uint64_t)surreal_int_at(row, "n");
        m->report->is_partly = true;
        if (all < rows) all = rows;
        status = srl_mig_tell(m, SURREAL_MIGRATE_ROWS, what, step,
                              srl_mig_steps_of(what, is_down), rows, all,
                              NULL);
        if (more && m->opt.throttle_ms > 0 && !status) {
            srl_mig_pause(m, m->opt.throttle_ms);
        }
    }
    surreal_result_free(last);
    return status;
}
