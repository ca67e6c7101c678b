/* surrealgen/migrate/plan_keep.c: values that go are kept, and brought back.
 *
 * A row of _surrealgen_attic for each value, of the shape `up --archive` makes
 * as well:
 *
 *   migration, of (the table), column (none for a whole row), at, record, old
 *
 * The way down looks for its own migration's rows alone. What was written
 * meanwhile stays: only what is NONE is brought back. */
#include "plan.h"

#include <string.h>

#define ATTIC "_surrealgen_attic"

/* Which rows of the attic a definition's are. */
static void add_own(mig_way *way, gen_buf *out, const mig_def *def)
{
    gen_buf_add_text(out, "migration = ");
    gen_surql_string(out, way->opt->id);
    gen_buf_add_text(out, " AND of = ");
    gen_surql_string(out, def->table.len > 0 ? def->table : def->name);
    if (def->table.len > 0) {
        gen_buf_add_text(out, " AND column = ");
        gen_surql_string(out, def->spelled);
    }
}

void mig_put_kept(mig_way *way, const mig_def *def)
{
    bool rows = def->table.len == 0;
    gen_str table = rows ? def->spelled : def->table_spelled;
    gen_buf text;
    gen_buf where;

    gen_buf_init(&text, way->ctx);
    gen_buf_init(&where, way->ctx);
    gen_buf_add_str(&where, rows ? gen_str_lit("id") : def->spelled);
    gen_buf_add_text(&where, " != NONE");
    gen_buf_add_text(&text, "INSERT INTO " ATTIC " (SELECT VALUE { "
                     "migration: ");
    gen_surql_string(&text, way->opt->id);
    gen_buf_add_text(&text, ", of: ");
    gen_surql_string(&text, rows ? def->name : def->table);
    if (!rows) {
        gen_buf_add_text(&text, ", column: ");
        gen_surql_string(&text, def->spelled);
    }
    gen_buf_add_text(&text, ", at: time::now(), record: id, old: ");
    gen_buf_add_str(&text, rows ? gen_str_lit("$this") : def->spelled);
    gen_buf_add_text(&text, " } FROM $batch WHERE ");
    gen_buf_add_str(&text, gen_buf_str(&where));
    gen_buf_add_text(&text, ") RETURN NONE;\n");
    mig_data_step(way, &way->keep, table, gen_buf_str(&text),
                  gen_buf_str(&where))->quiet = false;
}

/* The attic is walked, not the table: a lookup for each row would look through
 * all of the attic each time. What was brought back leaves it, so that the next
 * way up and down does not find it again. */
void mig_put_back(mig_way *way, const mig_def *def, bool edge)
{
    bool rows = def->table.len == 0;
    gen_buf text;
    gen_buf where;

    gen_buf_init(&text, way->ctx);
    gen_buf_init(&where, way->ctx);
    add_own(way, &where, def);
    gen_buf_add_text(&text, "FOR $kept IN $batch { LET $old = $kept.old; ");
    if (rows) {
        gen_buf_add_fmt(&text, "INSERT %sINTO ", edge ? "RELATION " : "");
        gen_buf_add_str(&text, def->spelled);
        gen_buf_add_text(&text, " $old RETURN NONE; ");
    } else {
        gen_buf_add_text(&text, "LET $row = $kept.record; UPDATE $row "
                         "SET ");
        gen_buf_add_str(&text, def->spelled);
        gen_buf_add_text(&text, " = $old WHERE ");
        gen_buf_add_str(&text, def->spelled);
        gen_buf_add_text(&text, " = NONE RETURN NONE; ");
        mig_add_name(way->ctx, &way->tables, def->table_spelled);
        mig_add_name(way->ctx, &way->moved, def->table_spelled);
    }
    gen_buf_add_text(&text, "DELETE $kept RETURN NONE; };\n");
    mig_data_step(way, !rows && mig_parent_moves(way, def) ? &way->late
                  : &way->fill, gen_str_lit(ATTIC), gen_buf_str(&text),
                  gen_buf_str(&where));
}
