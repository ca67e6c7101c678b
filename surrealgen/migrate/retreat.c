/* surrealgen/migrate/retreat.c: what going back would do, and lose. */
#include "../cli/json.h"
#include "drift.h"
#include "verb.h"

#include <stdio.h>
#include <string.h>

static mig_retreat *retreat_at(const gen_list *list, size_t i)
{
    return (mig_retreat *)list->at[i];
}

static mig_loss *loss_at(const gen_list *list, size_t i)
{
    return (mig_loss *)list->at[i];
}

static int64_t number_of(const surreal_result *result, size_t statement)
{
    surreal_value row = surreal_at(surreal_rows(result, statement), 0);

    return surreal_int_at(row, "count");
}

/* "post.slug", "post.lines.*.qty", "`my post`": what a header names. "written
 * by hand" is no such thing. */
static void find_parts(mig_loss *loss)
{
    bool quoted = false;
    size_t i;

    loss->is_name = true;
    loss->dot = loss->what.len;
    for (i = 0; i < loss->what.len; i++) {
        char c = loss->what.ptr[i];
        if (c == '`') quoted = !quoted;
        if (quoted || c == '`') continue;
        if (c == '.' && loss->dot == loss->what.len) loss->dot = i;
        if (c == ' ' || c == ';' || c == '(') loss->is_name = false;
    }
    if (quoted || loss->dot == 0) loss->is_name = false;
}

/* How many values there are, and rows. A column is asked for as it is written;
 * a table has rows alone. */
static int count_loss(db_link *link, mig_loss *loss)
{
    size_t dot = loss->dot;
    surreal_result *result = NULL;
    gen_buf text;
    int rc;

    gen_buf_init(&text, link->ctx);
    gen_buf_add_text(&text, "SELECT count() FROM ");
    gen_buf_add(&text, loss->what.ptr, dot);
    gen_buf_add_text(&text, " GROUP ALL; SELECT count() FROM ");
    gen_buf_add(&text, loss->what.ptr, dot);
    if (dot < loss->what.len) {
        gen_buf_add_text(&text, " WHERE ");
        gen_buf_add(&text, loss->what.ptr + dot + 1,
                    loss->what.len - dot - 1);
        gen_buf_add_text(&text, " != NONE");
    }
    gen_buf_add_text(&text, " GROUP ALL");
    rc = db_query(link, gen_buf_str(&text), &result);
    if (rc == CLI_FINE && surreal_result_error(result) == NULL) {
        loss->rows = number_of(result, 0);
        loss->values = number_of(result, 1);
    }
    surreal_result_free(result);
    return rc;
}

/* The names in "post.slug, user.nick". */
static int list_losses(db_link *link, gen_str note, gen_list *out)
{
    bool quoted = false;
    size_t from = 0;
    size_t i;
    int rc = CLI_FINE;

    for (i = 0; i <= note.len && rc == CLI_FINE; i++) {
        mig_loss *loss;
        if (i < note.len && note.ptr[i] == '`') quoted = !quoted;
        if (i < note.len && (note.ptr[i] != ',' || quoted)) continue;
        while (from < i && note.ptr[from] == ' ') from++;
        if (i > from) {
            loss = (mig_loss *)gen_new(link->ctx, sizeof *loss);
            loss->what = gen_str_copy(link->ctx, note.ptr + from, i - from);
            loss->values = loss->rows = -1;
            find_parts(loss);
            if (loss->is_name) rc = count_loss(link, loss);
            gen_list_push(link->ctx, out, loss);
        }
        from = i + 1;
    }
    return rc;
}

/* What its statements lose though its header does not say so: they were
 * written, or edited, by hand. */
static int find_unsaid(mig_session *s, mig_retreat *retreat, bool is_first)
{
    size_t before = gen_error_count(s->cli->ctx);
    gen_list approved;
    mig_state from;
    mig_state to;
    mig_lint how;
    int rc;

    if (retreat->class_ >= MIG_LOSSY) return CLI_FINE;
    rc = mig_states_around(&s->chain, retreat->of, &to, &from);
    if (rc != CLI_FINE) return rc;
    mig_list_approved(s->cli, &approved);
    memset(&how, 0, sizeof how);
    how.ctx = s->cli->ctx;
    how.what = retreat->of;
    how.before = &to;
    how.after = &from;
    how.link = is_first ? &s->link : NULL; /* later ones meet other rows */
    how.approved = &approved;
    how.unsaid = true;
    mig_lint_migration(&how);
    if (gen_error_count(s->cli->ctx) > before) retreat->class_ = MIG_LOSSY;
    return CLI_FINE;
}

int mig_plan_retreat(mig_session *session, const mig_migration *to,
                     gen_list *out)
{
    size_t i = session->chain.all.count;
    int rc = CLI_FINE;

    memset(out, 0, sizeof *out);
    while (i > 0 && rc == CLI_FINE) {
        const mig_migration *one = mig_at(&session->chain.all, --i);
        mig_retreat *retreat;
        if (one == to) break;
        if (mig_row_of(&session->history, one->id) == NULL) continue;
        retreat = (mig_retreat *)gen_new(session->cli->ctx, sizeof *retreat);
        retreat->of = one;
        retreat->class_ = one->down_class;
        if (one->down_class == MIG_LOSSY) {
            rc = list_losses(&session->link, one->down_note,
                             &retreat->losses);
        }
        if (rc == CLI_FINE) rc = find_unsaid(session, retreat, out->count == 0);
        gen_list_push(session->cli->ctx, out, retreat);
    }
    return rc;
}

static mig_class worst_of(const gen_list *plan)
{
    mig_class worst = MIG_EXACT;
    size_t i;

    for (i = 0; i < plan->count; i++) {
        mig_class one = retreat_at(plan, i)->class_;
        if (one > worst) worst = one;
    }
    return worst;
}

static void print_losses(const gen_list *losses, gen_buf *out)
{
    size_t i;

    for (i = 0; i < losses->count; i++) {
        const mig_loss *loss = loss_at(losses, i);
        gen_buf_add_text(out, "    ");
        gen_buf_add_str(out, loss->what);
        if (!loss->is_name) {
            gen_buf_add_char(out, '\n');
        } else if (loss->rows < 0) {
            gen_buf_add_text(out, ": could not be counted\n");
        } else if (loss->dot == loss->what.len) {
            gen_buf_add_fmt(out, ": %zu rows\n", (size_t)loss->rows);
        } else {
            gen_buf_add_fmt(out, ": a value in %zu of %zu rows\n",
                            (size_t)loss->values, (size_t)loss->rows);
        }
    }
}

static void print_text(const gen_list *plan, bool with_text, gen_buf *out)
{
    size_t i;

    for (i = 0; i < plan->count; i++) {
        const mig_retreat *one = retreat_at(plan, i);
        gen_buf_add_str(out, one->of->id);
        gen_buf_add_fmt(out, "  %s\n", mig_class_word(one->class_));
        print_losses(&one->losses, out);
        if (one->of->down.irreversible.len > 0) {
            gen_buf_add_text(out, "    ");
            gen_buf_add_str(out, one->of->down.irreversible);
            gen_buf_add_char(out, '\n');
        }
        if (with_text && !one->of->down.is_empty) {
            gen_buf_add_str(out, one->of->down.text);
            gen_buf_add_char(out, '\n');
        }
    }
}

static void print_json(const gen_list *plan, gen_buf *out)
{
    cli_json json;
    size_t i;
    size_t k;

    cli_json_init(&json, out, 2);
    cli_json_open(&json, '{');
    cli_json_key(&json, "class");
    cli_json_text(&json, mig_class_word(worst_of(plan)));
    cli_json_key(&json, "migrations");
    cli_json_open(&json, '[');
    for (i = 0; i < plan->count; i++) {
        const mig_retreat *one = retreat_at(plan, i);
        cli_json_open(&json, '{');
        cli_json_key(&json, "id");
        cli_json_str(&json, one->of->id);
        cli_json_key(&json, "class");
        cli_json_text(&json, mig_class_word(one->class_));
        cli_json_key(&json, "losses");
        cli_json_open(&json, '[');
        for (k = 0; k < one->losses.count; k++) {
            const mig_loss *loss = loss_at(&one->losses, k);
            cli_json_open(&json, '{');
            cli_json_key(&json, "what");
            cli_json_str(&json, loss->what);
            cli_json_key(&json, "values");
            cli_json_int(&json, loss->values);
            cli_json_key(&json, "rows");
            cli_json_int(&json, loss->rows);
            cli_json_close(&json, '}');
        }
        cli_json_close(&json, ']');
        cli_json_key(&json, "surql");
        cli_json_str(&json, one->of->down.text);
        cli_json_close(&json, '}');
    }
    cli_json_close(&json, ']');
    cli_json_close(&json, '}');
    gen_buf_add_char(out, '\n');
}

void mig_print_retreat(const gen_cli *cli, const gen_list *plan,
                       bool with_text, gen_buf *out)
{
    if (mig_wants_json(cli)) print_json(plan, out);
    else print_text(plan, with_text, out);
}

/* Nothing was ever lost by going back from a table nobody wrote to. */
static bool loses(const mig_retreat *one)
{
    size_t i;

    if (one->losses.count == 0) return true;
    for (i = 0; i < one->losses.count; i++) {
        if (loss_at(&one->losses, i)->values != 0) return true;
    }
    return false;
}

int mig_may_retreat(const gen_cli *cli, const gen_list *plan)
{
    bool refused = false;
    gen_buf out;
    size_t i;

    for (i = 0; i < plan->count; i++) {
        const mig_retreat *one = retreat_at(plan, i);
        const char *id = one->of->id.ptr;
        if (one->of->down.is_empty) {
            cli_say("%s: %s has no way back: %s", cli->verb->name, id,
                    one->of->down.irreversible.len > 0
                    ? one->of->down.irreversible.ptr
                    : "its down.surql is empty");
            return CLI_REFUSED;
        }
        if (one->of->down_class == MIG_LOSSY && loses(one)
            && !mig_is_allowed(cli, "data-loss")) {
            gen_buf_init(&out, cli->ctx);
            print_losses(&one->losses, &out);
            cli_say("%s: going back from %s loses what was written since",
                    cli->verb->name, id);
            fprintf(stderr, "%s", gen_buf_str(&out).ptr);
            fputs("  help: --allow data-loss approves it\n", stderr);
            refused = true;
        }
        if (one->of->down_class == MIG_IRREVERSIBLE
            && !mig_is_allowed(cli, "irreversible")) {
            cli_say("%s: going back from %s does not bring back what it "
                    "removed", cli->verb->name, id);
            fputs("  help: --allow irreversible runs its down.surql all the "
                  "same\n", stderr);
            refused = true;
        }
    }
    cli_print_diags(cli);
    if (gen_error_count(cli->ctx) > 0) {
        cli_say("%s: the statements of a down.surql lose more than its header "
                "says; nothing was changed", cli->verb->name);
        fputs("  help: --allow data-loss approves it\n", stderr);
        refused = true;
    }
    return refused ? CLI_REFUSED : CLI_FINE;
}
