/* surrealgen/migrate/history.c: what the database says was applied, and how
 * that fits the folders. */
#include "migrate.h"

#include <string.h>

mig_row *mig_row_at(const gen_list *list, size_t i)
{
    return (mig_row *)list->at[i];
}

static gen_str text_at(gen_ctx *ctx, surreal_value row, const char *key)
{
    return db_str(ctx, surreal_str_at(row, key));
}

static mig_row *read_row(db_link *link, const mig_chain *chain,
                         surreal_value row)
{
    mig_row *out = (mig_row *)gen_new(link->ctx, sizeof *out);

    out->id = text_at(link->ctx, row, "key");
    out->checksum = text_at(link->ctx, row, "checksum");
    out->parent = text_at(link->ctx, row, "parent");
    out->status = text_at(link->ctx, row, "status");
    out->applied_at = text_at(link->ctx, row, "at");
    out->applied_by = text_at(link->ctx, row, "applied_by");
    out->server = text_at(link->ctx, row, "server");
    out->steps_done = surreal_int_at(row, "steps_done");
    out->steps_total = surreal_int_at(row, "steps_total");
    out->of = mig_find_id(chain, out->id);
    return out;
}

/* SurrealDB 3 refuses to read a table that is not there; 2 has no rows, and
 * makes no text of NONE, which `took` is of one that is half applied. */
int mig_read_history(db_link *link, const mig_chain *chain,
                     mig_history *out)
{
    static const char ask[] =
        "SELECT record::id(id) AS key, checksum, parent ?? '' AS parent, "
        "status, <string> applied_at AS at, applied_by, server, "
        "steps_done, steps_total "
        "FROM _surrealgen_migration ORDER BY key";
    surreal_result *result = NULL;
    surreal_value row;
    const surreal_error *err;
    int rc = db_query(link, gen_str_lit(ask), &result);

    memset(out, 0, sizeof *out);
    if (rc != CLI_FINE) return rc;
    err = surreal_result_error(result);
    if (err == NULL || err->status != SURREAL_ERR_UNDEFINED) {
        rc = db_refused(link, "reading what was applied", err);
    }
    SURREAL_EACH(row, surreal_rows(result, 0)) {
        gen_list_push(link->ctx, &out->rows, read_row(link, chain, row));
    }
    surreal_result_free(result);
    return rc;
}

const mig_row *mig_row_of(const mig_history *history, gen_str id)
{
    size_t lo = 0;
    size_t hi = history->rows.count;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        const mig_row *row = mig_row_at(&history->rows, mid);
        int order = gen_str_order(row->id, id);
        if (order == 0) return row;
        if (order < 0) lo = mid + 1;
        else hi = mid;
    }
    return NULL;
}

/* Whether all that a squash stands for was applied. */
static bool is_replaced(const mig_history *history, const mig_migration *one)
{
    size_t i;

    for (i = 0; i < one->replaces.count; i++) {
        const gen_name *name = (const gen_name *)one->replaces.at[i];
        if (mig_row_of(history, name->text) == NULL) return false;
    }
    return one->replaces.count > 0;
}

static bool is_late(const mig_chain *chain, const mig_history *history,
                    const mig_migration *one)
{
    size_t i = chain->all.count;

    while (i > 0 && mig_at(&chain->all, i - 1) != one) {
        const mig_migration *later = mig_at(&chain->all, --i);
        if (mig_row_of(history, later->id) != NULL) return true;
    }
    return false;
}

mig_standing mig_standing_of(const mig_chain *chain,
                             const mig_history *history,
                             const mig_migration *one)
{
    const mig_row *row = mig_row_of(history, one->id);

    if (row == NULL) {
        if (is_replaced(history, one)) return MIG_APPLIED;
        if (is_late(chain, history, one)) return MIG_LATE;
        return one->after_deploy ? MIG_WAITING : MIG_PENDING;
    }
    if (!gen_str_is(row->status, "applied")) return MIG_PARTIAL;
    return gen_str_eq(row->checksum, one->checksum) ? MIG_APPLIED
        : MIG_EDITED;
}

const char *mig_standing_word(mig_standing standing)
{
    static const char *const words[] = {
        "applied", "partial", "pending", "late", "edited", "unknown",
        "waiting"
    };
    return words[standing];
}

const mig_migration *mig_last_applied(const mig_chain *chain,
                                      const mig_history *history)
{
    size_t i = chain->all.count;

    while (i > 0) {
        const mig_migration *one = mig_at(&chain->all, --i);
        mig_standing standing = mig_standing_of(chain, history, one);
        if (standing == MIG_APPLIED || standing == MIG_EDITED) return one;
    }
    return NULL;
}
