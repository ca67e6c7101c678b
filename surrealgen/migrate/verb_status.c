/* surrealgen/migrate/verb_status.c: `migrate status` and `migrate history`. */
#include "../cli/json.h"
#include "migrate.h"

#include <string.h>

typedef struct standing {
    gen_str id;
    mig_standing how;
    const mig_row *row;           /* NULL: nothing is written down */
    const mig_migration *of;      /* NULL: no folder */
} standing;

static const standing *standing_at(const gen_list *list, size_t i)
{
    return (const standing *)list->at[i];
}

static void add_standing(gen_ctx *ctx, gen_list *out, const mig_migration *of,
                         const mig_row *row, mig_standing how)
{
    standing *one = (standing *)gen_new(ctx, sizeof *one);

    one->id = of != NULL ? of->id : row->id;
    one->how = how;
    one->row = row;
    one->of = of;
    gen_list_push(ctx, out, one);
}

static bool is_squashed(const mig_chain *chain, gen_str id)
{
    size_t i;
    size_t k;

    for (i = 0; i < chain->all.count; i++) {
        const mig_migration *one = mig_at(&chain->all, i);
        for (k = 0; k < one->replaces.count; k++) {
            const gen_name *name = (const gen_name *)one->replaces.at[k];
            if (gen_str_eq(name->text, id)) return true;
        }
    }
    return false;
}

/* The folders in their order, then what has none. */
static void list_standings(gen_ctx *ctx, const mig_chain *chain,
                           const mig_history *history, gen_list *out)
{
    size_t i;

    for (i = 0; i < chain->all.count; i++) {
        const mig_migration *one = mig_at(&chain->all, i);
        add_standing(ctx, out, one, mig_row_of(history, one->id),
                     mig_standing_of(chain, history, one));
    }
    for (i = 0; i < history->rows.count; i++) {
        const mig_row *row = mig_row_at(&history->rows, i);
        if (row->of != NULL || is_squashed(chain, row->id)) continue;
        add_standing(ctx, out, NULL, row, MIG_UNKNOWN);
    }
}

static void print_text(const gen_list *all, gen_buf *out)
{
    size_t wide = 2;
    size_t i;

    for (i = 0; i < all->count; i++) {
        if (standing_at(all, i)->id.len > wide) {
            wide = standing_at(all, i)->id.len;
        }
    }
    for (i = 0; i < all->count; i++) {
        const standing *one = standing_at(all, i);
        size_t pad = wide - one->id.len + 2;
        gen_buf_add_str(out, one->id);
        while (pad-- > 0) gen_buf_add_char(out, ' ');
        gen_buf_add_text(out, mig_standing_word(one->how));
        if (one->how == MIG_PARTIAL) {
            gen_buf_add_fmt(out, " (%d of %d steps)",
                            (int)one->row->steps_done,
                            (int)one->row->steps_total);
        } else if (one->row != NULL) {
            pad = 9 - strlen(mig_standing_word(one->how));
            while (pad-- > 0) gen_buf_add_char(out, ' ');
            gen_buf_add_str(out, one->row->applied_at);
        }
        gen_buf_add_char(out, '\n');
    }
}

static void print_json(const gen_list *all, size_t open, gen_buf *out)
{
    cli_json json;
    size_t i;

    cli_json_init(&json, out, 2);
    cli_json_open(&json, '{');
    cli_json_key(&json, "up_to_date");
    cli_json_bool(&json, open == 0);
    cli_json_key(&json, "migrations");
    cli_json_open(&json, '[');
    for (i = 0; i < all->count; i++) {
        const standing *one = standing_at(all, i);
        cli_json_open(&json, '{');
        cli_json_key(&json, "id");
        cli_json_str(&json, one->id);
        cli_json_key(&json, "status");
        cli_json_text(&json, mig_standing_word(one->how));
        if (one->of != NULL) {
            cli_json_key(&json, "checksum");
            cli_json_str(&json, one->of->checksum);
        }
        if (one->row != NULL) {
            cli_json_key(&json, "applied_checksum");
            cli_json_str(&json, one->row->checksum);
            cli_json_key(&json, "applied_at");
            cli_json_str(&json, one->row->applied_at);
            cli_json_key(&json, "applied_by");
            cli_json_str(&json, one->row->applied_by);
            cli_json_key(&json, "steps_done");
            cli_json_int(&json, one->row->steps_done);
            cli_json_key(&json, "steps_total");
            cli_json_int(&json, one->row->steps_total);
        }
        cli_json_close(&json, '}');
    }
    cli_json_close(&json, ']');
    cli_json_close(&json, '}');
    gen_buf_add_char(out, '\n');
}

static bool wants_json(const gen_cli *cli)
{
    return strcmp(cli_text(cli, CLI_REPORT, "text"), "json") == 0;
}

int verb_migrate_status(const gen_cli *cli)
{
    mig_chain chain;
    mig_history history;
    gen_list all;
    db_link link;
    gen_buf out;
    size_t open = 0;
    size_t i;
    int rc = mig_read_chain(cli, &chain);

    if (rc != CLI_FINE) return rc;
    rc = db_open(cli, &link);
    if (rc == CLI_FINE) rc = mig_read_history(&link, &chain, &history);
    db_close(&link);
    if (rc != CLI_FINE) return rc;
    memset(&all, 0, sizeof all);
    list_standings(cli->ctx, &chain, &history, &all);
    for (i = 0; i < all.count; i++) {
        if (standing_at(&all, i)->how != MIG_APPLIED) open++;
    }
    gen_buf_init(&out, cli->ctx);
    if (wants_json(cli)) {
        print_json(&all, open, &out);
    } else {
        print_text(&all, &out);
        if (all.count == 0) {
            gen_buf_add_fmt(&out, "no migration in %s, none applied\n",
                            chain.dir.ptr);
        }
    }
    if (!cli_write_stdout(&out)) return CLI_FAILED;
    return open > 0 ? CLI_FOUND : CLI_FINE;
}

/* ---------------------------------------------------------------- history */

static void add_cell(gen_buf *out, surreal_str text, size_t wide)
{
    size_t len = text.len;

    gen_buf_add(out, text.ptr != NULL ? text.ptr : "", text.len);
    while (len++ < wide) gen_buf_add_char(out, ' ');
    gen_buf_add_text(out, "  ");
}

static void print_log_text(gen_buf *out, surreal_value rows)
{
    surreal_value row;
    size_t wide = 0;

    SURREAL_EACH(row, rows) {
        surreal_str id = surreal_str_at(row, "migration");
        if (id.len > wide) wide = id.len;
    }
    SURREAL_EACH(row, rows) {
        surreal_str why = surreal_str_at(row, "reason");
        add_cell(out, surreal_str_at(row, "when"), 30);
        add_cell(out, surreal_str_at(row, "action"), 8);
        add_cell(out, surreal_str_at(row, "migration"), wide);
        add_cell(out, surreal_str_at(row, "done_by"), 0);
        gen_buf_add(out, why.ptr != NULL ? why.ptr : "", why.len);
        while (out->len > 0 && out->ptr[out->len - 1] == ' ') out->len--;
        gen_buf_add_char(out, '\n');
    }
}

static void print_log_json(const gen_cli *cli, gen_buf *out,
                           surreal_value rows)
{
    static const char *const keys[] = { "when", "action", "migration",
                                        "checksum", "spent", "done_by",
                                        "reason" };
    static const char *const names[] = { "at", "action", "migration",
                                         "checksum", "took", "by",
                                         "reason" };
    surreal_value row;
    cli_json json;
    size_t i;

    cli_json_init(&json, out, 2);
    cli_json_open(&json, '[');
    SURREAL_EACH(row, rows) {
        cli_json_open(&json, '{');
        for (i = 0; i < sizeof keys / sizeof *keys; i++) {
            gen_str text = db_str(cli->ctx, surreal_str_at(row, keys[i]));
            if (text.len == 0) continue;
            cli_json_key(&json, names[i]);
            cli_json_str(&json, text);
        }
        cli_json_close(&json, '}');
    }
    cli_json_close(&json, ']');
    gen_buf_add_char(out, '\n');
}

/* The log is append-only: what was taken back is in it, too. */
int verb_migrate_history(const gen_cli *cli)
{
    static const char ask[] =
        "SELECT *, <string> at AS when, <string> (took ?? 0s) AS spent "
        "FROM _surrealgen_log ORDER BY at, id";
    surreal_result *result = NULL;
    const surreal_error *err;
    db_link link;
    gen_buf out;
    int rc = db_open(cli, &link);

    if (rc == CLI_FINE) rc = db_query(&link, gen_str_lit(ask), &result);
    if (rc == CLI_FINE) {
        err = surreal_result_error(result);
        if (err == NULL || err->status != SURREAL_ERR_UNDEFINED) {
            rc = db_refused(&link, "reading the log", err);
        }
    }
    if (rc == CLI_FINE) {
        gen_buf_init(&out, cli->ctx);
        if (wants_json(cli)) {
            print_log_json(cli, &out, surreal_rows(result, 0));
        } else {
            print_log_text(&out, surreal_rows(result, 0));
        }
        if (!cli_write_stdout(&out)) rc = CLI_FAILED;
    }
    surreal_result_free(result);
    db_close(&link);
    return rc;
}
