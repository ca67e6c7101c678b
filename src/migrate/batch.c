/* migrate/batch.c: steps that go through a table, some rows at a time. */
#include "migrate/migrate.h"

/* One request is one transaction:
 *
 *   BEGIN;
 *   LET $batch = (SELECT VALUE id FROM <a range> WHERE (..) LIMIT n);
 *   LET $srl_next = the last of $batch; NONE behind the last row of all;
 *   LET $srl_at = (UPDATE the row: cursor is $srl_next, or the step is done,
 *       WHERE cursor is $srl_cursor);
 *   IF !$srl_at { THROW };
 *   LET $srl_out = { the step's statement };
 *   RETURN where it is now;
 *   COMMIT
 *
 * Ids come in the order of a range, and the next range begins behind the last
 * one: nothing is visited twice, however much is made or deleted meanwhile,
 * and neither side holds more than one batch.
 *
 * SurrealDB 3 reads a range to its end even if a LIMIT wants the beginning
 * (measured on 3.0.2: 2 us for each row behind it), which would make n batches
 * cost n * n. So there the ends of many batches are asked for at once, and
 * each batch is a range with an end; in it may be more rows than n, or fewer,
 * by the time it is its turn. The last one has no end. */
#define SRL_MIG_WINDOW 50000
#define SRL_MIG_BOUNDS 1000

typedef struct srl_mig_walk {
    const surreal_migration *what;
    const surreal_migration_step *step;
    size_t i;
    size_t at;               /* which step */
    bool is_down;
    surreal_value cursor;    /* behind this id; NONE: from the first one */
    surreal_value bound;     /* up to this one; ABSENT: to the last one */
    surreal_result *last;    /* has the cursor */
    surreal_result *window;  /* has the bounds */
    surreal_iter bounds;
    size_t bounds_left;
    uint64_t rows;
    uint64_t all;
    bool more;
    bool is_again;           /* shown: how it goes on */
} srl_mig_walk;

static void
srl_mig_put_value(srl_mig *m, surreal_value v)
{
    size_t len = surreal_print(v, NULL, 0);

    if (srl_buf_reserve(&m->text, len + 1)) return;
    surreal_print(v, (char *)m->text.data + m->text.len, len + 1);
    m->text.len += len;
}

/* FROM a range, and WHERE. On SurrealDB 2 the id it begins behind is written
 * out where it is known: there type::thing() takes no range that begins with a
 * uuid, and of one that begins with an array it leaves rows out (2.6.0). */
static void
srl_mig_put_range(srl_mig *m, const surreal_migration_step *step,
                  bool is_first, surreal_value cursor, bool has_bound)
{
    if (is_first) {
        srl_mig_put_name(m, surreal_text(step->table));
        srl_buf_put_text(&m->text, ":..");
    } else if (m->major < 3 && !surreal_is_nothing(cursor)) {
        srl_mig_put_value(m, cursor);
        srl_buf_put_text(&m->text, ">..");
    } else {
        srl_buf_put_text(&m->text, m->major >= 3 ? "type::record("
                                                 : "type::thing(");
        srl_mig_put_string(m, surreal_text(step->table));
        srl_buf_put_text(&m->text, ", record::id($srl_cursor)>..");
        if (has_bound) srl_buf_put_text(&m->text, "=record::id($srl_bound)");
        srl_buf_put_text(&m->text, ")");
    }
    if (!step->where) return;
    srl_buf_put_text(&m->text, " WHERE (");
    srl_buf_put_text(&m->text, step->where);
    srl_buf_put_text(&m->text, "\n)"); /* it may end in a comment */
}

SRL_FN void
srl_mig_put_batch(srl_mig *m, const surreal_migration_step *step,
                  bool is_first, surreal_value cursor, bool has_bound)
{
    srl_buf_put_text(&m->text, "LET $batch = (SELECT VALUE id FROM ");
    srl_mig_put_range(m, step, is_first, cursor, has_bound);
    srl_buf_put_text(&m->text, " LIMIT ");
    srl_mig_put_size(m, step->batch);
    srl_mig_ours(m, ");\n", 1);
}

/* ---- a batch ------------------------------------------------------------ */

/* The row behind this batch, where it is what it was before it. */
static void
srl_mig_put_mark(srl_mig *m, const srl_mig_walk *walk)
{
    bool is_last =
        walk->at + 1 == srl_mig_steps_of(walk->what, walk->is_down);

    srl_buf_put_text(&m->text, "LET $srl_full = array::len($batch) >= ");
    srl_mig_put_size(m, walk->step->batch);
    srl_buf_put_text(
        &m->text, ";\nLET $srl_next = IF $srl_full { array::last($batch) } "
                  "ELSE { $srl_bound };\n"
                  "LET $srl_more = $srl_next != NONE;\n"
                  "LET $srl_at = (UPDATE $srl_id SET cursor = $srl_next, "
                  "rows = IF $srl_more { rows + array::len($batch) } ELSE "
                  "{ 0 }, steps_done = IF $srl_more { ");
    srl_mig_put_size(m, walk->at);
    srl_buf_put_text(&m->text, " } ELSE { ");
    srl_mig_put_size(m, walk->at + 1);
    srl_buf_put_text(&m->text, " }, step_sums = $srl_row.step_sums, "
                               "steps_total = $srl_row.steps_total");
    if (is_last && !walk->is_down) {
        srl_buf_put_text(&m->text, ", status = IF $srl_more { 'partial' } ELSE "
                                   "{ 'applied' }, checksum = IF $srl_more "
                                   "{ checksum } ELSE { $srl_row.checksum }");
    }
    srl_buf_put_text(&m->text, walk->is_down ? " WHERE status = 'reverting'"
                                             : " WHERE status = 'partial'");
    srl_buf_put_text(&m->text, " AND steps_done = ");
    srl_mig_put_size(m, walk->at);
    srl_mig_ours(m, " AND cursor = $srl_cursor RETURN BEFORE);\n"
                    "IF !$srl_at { THROW 'surrealgen: elsewhere' };\n", 5);
    if (!is_last) return;
    if (walk->is_down) {
        srl_mig_ours(m, "IF !$srl_more { DELETE $srl_id; ", 0);
        if (walk->what->replaces_count) srl_mig_ours(m, SRL_MIG_UNSQUASH, 0);
        srl_mig_ours(m, SRL_MIG_LOG("NONE") " };\n", 1);
    } else {
        srl_mig_ours(m, "IF !$srl_more { " SRL_MIG_LOG(SRL_MIG_SINCE)
                        " };\n", 1);
    }
}

static surreal_status
srl_mig_put_data(srl_mig *m, const srl_mig_walk *walk)
{
    const surreal_migration_step *s = walk->step;
    size_t answers = m->major >= 3;

    srl_mig_begin(m);
    /* A variable like the others when it is sent. */
    if (walk->is_again) {
        srl_mig_ours(m, "LET $srl_cursor = (SELECT VALUE cursor FROM ONLY "
                        "$srl_id);\n", 1);
    }
    srl_mig_put_batch(m, s, !walk->is_again &&
                                surreal_is_nothing(walk->cursor),
                      walk->cursor, walk->bound.doc != NULL);
    srl_mig_put_mark(m, walk);
    if (!walk->is_down) srl_mig_put_archive(m, walk->what, walk->at);
    if (s->is_quiet) srl_mig_ours(m, "OPTION IMPORT;\n", answers);
    SRL_TRY(srl_mig_put_block(m, walk->what, walk->is_down, walk->at));
    if (s->is_quiet) srl_mig_ours(m, "OPTION IMPORT = FALSE;\n", answers);
    srl_mig_ours(m, "RETURN [{ more: $srl_more, n: array::len($batch), cursor: "
                    "$srl_next, at_bound: $srl_next = $srl_bound }];\n"
                    "COMMIT;", 0);
    return SURREAL_OK;
}

/* What RETURN gave: the one answer with such a field. */
static surreal_value
srl_mig_returned(const surreal_result *r, const char *field)
{
    surreal_value none = {NULL, NULL};
    size_t i = surreal_statements(r);

    while (i > 0) {
        surreal_value row = surreal_at(surreal_rows(r, --i), 0);

        if (surreal_field(row, field).doc) return row;
    }
    return none;
}

/* A bind of a value that may be nothing. */
static surreal_bind
srl_mig_bind_at(const char *name, surreal_value v)
{
    return surreal_is_nothing(v) ? surreal_bind_none(name)
                                 : surreal_bind_value(name, v);
}

static surreal_status
srl_mig_data_one(srl_mig *m, const srl_mig_walk *walk, surreal_result **r,
                 srl_mig_end *end)
{
    srl_mig_new row;
    srl_mig_vars vars;

    memset(&row, 0, sizeof row);
    row.what = walk->what;
    row.kind = row.status = "";
    row.action = walk->is_down ? "down" : "up";
    row.is_down = walk->is_down;
    SRL_TRY(srl_mig_fill(m, &row, &vars));
    if (!walk->is_again) {
        vars.binds[vars.count++] = srl_mig_bind_at("srl_cursor",
                                                   walk->cursor);
    }
    vars.binds[vars.count++] = srl_mig_bind_at("srl_bound", walk->bound);
    SRL_TRY(srl_mig_put_data(m, walk));
    return srl_mig_move(m, walk->i, walk->is_down, walk->at,
                        srl_mig_vars_of(&vars), r, end);
}

/* ---- reading ahead ------------------------------------------------------ */

/* Ask what may be asked again. */
static surreal_status
srl_mig_walk_ask(srl_mig *m, const srl_mig_walk *walk, surreal_result **out)
{
    surreal_bind bind = srl_mig_bind_at("srl_cursor", walk->cursor);
    surreal_vars vars;
    surreal_status status;
    int losses = 0;

    vars.v = &bind;
    vars.count = 1;
    do {
        status = srl_mig_send(m, vars, out);
    } while (srl_mig_is_lost(status) && ++losses < SRL_MIG_LOSSES);
    if (!status) return SURREAL_OK;
    return srl_mig_blame(m, walk->what, walk->is_down, walk->at);
}

/* The ends of the next batches; none are left near the end of the table. */
static surreal_status
srl_mig_look_ahead(srl_mig *m, srl_mig_walk *walk)
{
    size_t batch = walk->step->batch;
    size_t count = SRL_MIG_WINDOW / batch;
    surreal_value row;

    if (count < 4) count = 4;
    if (count > SRL_MIG_BOUNDS) count = SRL_MIG_BOUNDS;
    surreal_result_free(walk->window);
    walk->window = NULL;
    srl_mig_begin_bare(m);
    srl_mig_ours(m, "LET $srl_ids = (SELECT VALUE id FROM ", 0);
    srl_mig_put_range(m, walk->step, false, walk->cursor, false);
    srl_mig_ours(m, " LIMIT ", 0);
    srl_mig_put_size(m, batch * count);
    srl_mig_ours(m, ");\nRETURN [{ n: array::len($srl_ids), ends: "
                    "array::map(array::clump($srl_ids, ", 0);
    srl_mig_put_size(m, batch);
    srl_mig_ours(m, "), |$srl_it| array::last($srl_it)) }];", 0);
    SRL_TRY(srl_mig_walk_ask(m, walk, &walk->window));
    row = srl_mig_returned(walk->window, "ends");
    walk->bounds = surreal_iterate(surreal_field(row, "ends"));
    walk->bounds_left = (size_t)surreal_int_at(row, "n") / batch;
    return SURREAL_OK;
}

static surreal_status
srl_mig_next_bound(srl_mig *m, srl_mig_walk *walk)
{
    memset(&walk->bound, 0, sizeof walk->bound);
    if (m->major < 3 || surreal_is_nothing(walk->cursor) ||
        srl_mig_is_shown(m)) {
        return SURREAL_OK;
    }
    if (!walk->bounds_left) SRL_TRY(srl_mig_look_ahead(m, walk));
    if (walk->bounds_left && surreal_next(&walk->bounds)) {
        walk->bound = walk->bounds.value;
        walk->bounds_left--;
    }
    return SURREAL_OK;
}

/* For who looks on: how many rows there are, about. */
static surreal_status
srl_mig_count(srl_mig *m, srl_mig_walk *walk)
{
    surreal_result *r = NULL;

    if (!m->opt.on_event || srl_mig_is_shown(m)) return SURREAL_OK;
    srl_mig_begin_bare(m);
    srl_mig_ours(m, "SELECT count() FROM ", 1);
    srl_mig_put_range(m, walk->step, surreal_is_nothing(walk->cursor),
                      walk->cursor, false);
    srl_buf_put_text(&m->text, " GROUP ALL;");
    SRL_TRY(srl_mig_walk_ask(m, walk, &r));
    walk->all = walk->rows +
                (uint64_t)surreal_int_at(surreal_at(surreal_rows(r, 0), 0),
                                         "count");
    surreal_result_free(r);
    return SURREAL_OK;
}

/* ---- all of them -------------------------------------------------------- */

static surreal_status
srl_mig_walk_one(srl_mig *m, srl_mig_walk *walk, srl_mig_end *end)
{
    surreal_result *r = NULL;
    surreal_value row;
    surreal_status status = srl_mig_data_one(m, walk, &r, end);

    surreal_result_free(walk->last);
    walk->last = r;
    if (status || *end) return status;
    row = srl_mig_returned(r, "more");
    walk->cursor = surreal_field(row, "cursor");
    walk->more = surreal_bool_at(row, "more");
    walk->rows += (uint64_t)surreal_int_at(row, "n");
    if (walk->all < walk->rows) walk->all = walk->rows;
    m->report->is_partly = true;
    SRL_TRY(srl_mig_tell(m, SURREAL_MIGRATE_ROWS, walk->what, walk->at,
                         srl_mig_steps_of(walk->what, walk->is_down),
                         walk->rows, walk->all, NULL));
    if (!walk->more) return SURREAL_OK;
    if (m->opt.throttle_ms > 0) srl_mig_pause(m, m->opt.throttle_ms);
    /* More rows than were there when the ends were asked for. */
    if (walk->bound.doc && !surreal_bool_at(row, "at_bound")) {
        return SURREAL_OK;
    }
    return srl_mig_next_bound(m, walk);
}

/* The first batch, and how it goes on. */
static surreal_status
srl_mig_show_data(srl_mig *m, srl_mig_walk *walk, srl_mig_end *end)
{
    surreal_result *none = NULL;

    srl_mig_kind(m, SURREAL_MIGRATE_BATCH);
    SRL_TRY(srl_mig_data_one(m, walk, &none, end));
    walk->is_again = true;
    srl_mig_kind(m, SURREAL_MIGRATE_AGAIN);
    return srl_mig_data_one(m, walk, &none, end);
}

SRL_FN surreal_status
srl_mig_data(srl_mig *m, size_t i, bool is_down, size_t step,
             srl_mig_end *end)
{
    surreal_value row = m->rows[i].v;
    srl_mig_walk walk;
    surreal_status status;

    memset(&walk, 0, sizeof walk);
    walk.what = &m->chain->at[i];
    walk.step = srl_mig_step_of(walk.what, is_down, step);
    walk.i = i;
    walk.at = step;
    walk.is_down = is_down;
    walk.more = true;
    /* The row was read when the migration began, so it may be of a step
     * before this one. */
    if ((size_t)surreal_int_at(row, "steps_done") == step) {
        walk.cursor = surreal_field(row, "cursor");
        walk.rows = (uint64_t)surreal_int_at(row, "rows");
    }
    if (srl_mig_is_shown(m)) return srl_mig_show_data(m, &walk, end);
    status = srl_mig_count(m, &walk);
    if (!status) status = srl_mig_next_bound(m, &walk);
    while (!status && !*end && walk.more) {
        status = srl_mig_walk_one(m, &walk, end);
    }
    surreal_result_free(walk.last);
    surreal_result_free(walk.window);
    return status;
}
