/* surrealgen/migrate/verb_generate.c: `migrate generate`.
 *
 * The files are compared with the newest schema.snap. No server is asked:
 * neither side came from one. */
#include "../cli/json.h"
#include "drift.h"
#include "files.h"
#include "plan.h"
#include "spent.h"
#include "verb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int read_newest(const gen_cli *cli, mig_base *b)
{
    return mig_read_newest(cli, &b->chain, &b->newest);
}

/* The schema files behind the first `skip` words of the command line. */
int mig_read_both(const gen_cli *cli, size_t skip, mig_base *b)
{
    gen_cli files = *cli;
    int rc;

    files.args += skip;
    files.arg_count -= skip;
    rc = cli_load(&files);
    if (rc == CLI_FINE) rc = read_newest(cli, b);
    if (rc == CLI_FINE) {
        rc = mig_state_after(cli->ctx, b->newest,
                             gen_schema_of(cli->ctx)->target, &b->before);
    }
    if (rc == CLI_FINE) rc = mig_state_of_files(cli->ctx, &b->after);
    return rc;
}

static int out_of_memory(void)
{
    cli_say("out of memory");
    return CLI_FAILED;
}

/* -------------------------------------------------------- migrate generate */

/* The two scripts of a plan, each with its header. */
static void fill_scripts(mig_files *files, const mig_plan *plan, gen_ctx *ctx,
                         const char *phase)
{
    gen_buf up;
    gen_buf down;

    gen_buf_init(&up, ctx);
    gen_buf_init(&down, ctx);
    gen_buf_add_fmt(&down, "-- surrealgen migration 1, down\n-- id:      %s\n"
                    "\n", files->id.ptr);
    mig_add_header(&up, files, plan->up_class, plan->down_class,
                   plan->down_note.ptr);
    if (phase != NULL) gen_buf_add_fmt(&up, "-- phase:   %s\n", phase);
    gen_buf_add_char(&up, '\n');
    mig_print_steps(&plan->up, &up);
    mig_print_steps(&plan->down, &down);
    files->up = gen_buf_str(&up);
    files->down = gen_buf_str(&down);
}

static void print_plan(const gen_cli *cli, const mig_base *b,
                       const mig_files *files, const gen_list *changes,
                       const mig_plan *plan)
{
    gen_buf out;

    gen_buf_init(&out, cli->ctx);
    if (mig_wants_json(cli)) {
        cli_json json;
        cli_json_init(&json, &out, 2);
        cli_json_open(&json, '{');
        cli_json_key(&json, "id");
        cli_json_str(&json, files->id);
        mig_json_changes(&json, cli->ctx, changes);
        mig_json_apart(&json, &b->after);
        cli_json_key(&json, "up");
        cli_json_text(&json, mig_class_word(plan->up_class));
        cli_json_key(&json, "down");
        cli_json_text(&json, mig_class_word(plan->down_class));
        cli_json_key(&json, "down_loses");
        cli_json_str(&json, plan->down_note);
        cli_json_close(&json, '}');
        gen_buf_add_char(&out, '\n');
    } else {
        mig_print_changes(changes, &out);
        gen_buf_add_fmt(&out, "up: %s   down: %s",
                        mig_class_word(plan->up_class),
                        mig_class_word(plan->down_class));
        if (plan->down_note.len > 0) {
            gen_buf_add_fmt(&out, " (%s)", plan->down_note.ptr);
        }
        gen_buf_add_fmt(&out, "\nwrote %s/%s\n", b->chain.dir.ptr,
                        files->id.ptr);
    }
    cli_write_stdout(&out);
}

/* What the rules say about it is said at once; `up` is who refuses. */
static void lint_it(const gen_cli *cli, mig_base *b, const mig_files *files)
{
    gen_list approved = { NULL, 0, 0 };
    mig_lint how;

    memset(&how, 0, sizeof how);
    how.ctx = cli->ctx;
    how.what = mig_read_texts(cli->ctx, b->chain.dir, files->id, files->up,
                              files->down);
    how.before = &b->before;
    how.after = &b->after;
    how.program = cli->ctx;
    how.approved = &approved;
    how.after_deploy = true;
    how.is_made = cli_count(cli, CLI_BACKFILL) == 0;
    if (how.what != NULL) mig_lint_migration(&how);
}

static int edit_it(const gen_cli *cli, const mig_base *b,
                   const mig_files *files)
{
    gen_buf path;

    if (!cli_flag(cli, CLI_EDIT)) return CLI_FINE;
    gen_buf_init(&path, cli->ctx);
    gen_buf_add_str(&path, b->chain.dir);
    gen_buf_add_fmt(&path, "/%s/up.surql", files->id.ptr);
    return mig_edit(cli->ctx, path.ptr);
}

static int print_files(const mig_files *files, gen_ctx *ctx)
{
    gen_buf out;

    gen_buf_init(&out, ctx);
    gen_buf_add_str(&out, files->up);
    gen_buf_add_char(&out, '\n');
    gen_buf_add_str(&out, files->down);
    return cli_write_stdout(&out) ? CLI_FINE : CLI_FAILED;
}

static int write_one(const gen_cli *cli, mig_base *b, gen_str id,
                     const gen_list *changes, mig_plan *plan,
                     const char *phase)
{
    mig_files files;
    int rc;

    memset(&files, 0, sizeof files);
    files.id = id;
    mig_set_head(cli->ctx, b->newest, &b->after, &files);
    fill_scripts(&files, plan, cli->ctx, phase);
    if (cli_flag(cli, CLI_STDOUT)) {
        return print_files(&files, cli->ctx);
    }
    rc = mig_write(cli, &b->chain, &files);
    if (rc != CLI_FINE) return rc;
    print_plan(cli, b, &files, changes, plan);
    lint_it(cli, b, &files);
    return edit_it(cli, b, &files);
}

static void read_backfills(const gen_cli *cli, mig_plan_options *how)
{
    size_t i;

    for (i = 0; i < cli_count(cli, CLI_BACKFILL); i++) {
        const char *text = cli_at(cli, CLI_BACKFILL, i);
        gen_name *name = (gen_name *)gen_new(cli->ctx, sizeof *name);
        name->text = gen_str_copy(cli->ctx, text, strlen(text));
        gen_list_push(cli->ctx, &how->backfill, name);
    }
}

/* One migration, from b->before to b->after. */
static int plan_one(const gen_cli *cli, mig_base *b, const char *name,
                    const gen_list *changes, mig_plan_options *how,
                    const char *phase)
{
    mig_plan plan;
    int rc = mig_new_id(&b->chain, name, &how->id);

    if (rc != CLI_FINE) return rc;
    rc = mig_make_plan(cli->ctx, &b->before, &b->after, changes, how, &plan);
    if (rc != CLI_FINE) return rc;
    return write_one(cli, b, how->id, changes, &plan, phase);
}

static void add_changes(gen_ctx *ctx, gen_list *out, const gen_list *more)
{
    size_t i;

    for (i = 0; i < more->count; i++) {
        gen_list_push(ctx, out, more->at[i]);
    }
}

/* Tables get another name first, then all else is as it always is. */
static int plan_moved(const gen_cli *cli, mig_base *b, const gen_list *moved,
                      mig_plan_options *how)
{
    gen_list all = { NULL, 0, 0 };
    gen_list first, rest;
    mig_state middle;
    mig_plan plan, then;
    int rc = mig_moved_state(cli->ctx, &b->before, &b->after, moved, &middle,
                             &first);

    if (rc != CLI_FINE) return rc;
    if (!mig_diff(cli->ctx, &middle, &b->after, &rest)) {
        return out_of_memory();
    }
    rc = mig_renames(cli, &rest);
    if (rc == CLI_FINE) rc = mig_new_id(&b->chain, cli->args[0], &how->id);
    if (rc == CLI_FINE) {
        rc = mig_make_plan(cli->ctx, &b->before, &middle, &first, how, &plan);
    }
    how->renamed = *moved;
    if (rc == CLI_FINE) {
        rc = mig_make_plan(cli->ctx, &middle, &b->after, &rest, how, &then);
    }
    if (rc != CLI_FINE) return rc;
    mig_join_plans(cli->ctx, &plan, &then);
    add_changes(cli->ctx, &all, &first);
    add_changes(cli->ctx, &all, &rest);
    return write_one(cli, b, how->id, &all, &plan, NULL);
}

static const char *joined(gen_ctx *ctx, const char *a, const char *b)
{
    gen_buf out;

    gen_buf_init(&out, ctx);
    gen_buf_add_text(&out, a);
    gen_buf_add_text(&out, b);
    return out.ptr;
}

/* The two of --phased; one of them may have nothing to do. */
static int plan_phased(const gen_cli *cli, mig_base *b, const gen_list *changes,
                       mig_plan_options *how)
{
    const char *name = cli->args[0];
    mig_state end = b->after;
    gen_list part;
    mig_state middle;
    int rc = mig_middle(cli->ctx, &b->before, &end, changes, &middle);

    if (rc != CLI_FINE) return rc;
    if (!mig_diff(cli->ctx, &b->before, &middle, &part)) {
        return out_of_memory();
    }
    mig_set_twins(&part, changes);
    b->after = middle;
    if (part.count > 0) {
        rc = plan_one(cli, b, joined(cli->ctx, name, "_expand"), &part, how,
                      "expand");
        if (rc == CLI_FINE) rc = read_newest(cli, b);
        if (rc != CLI_FINE) return rc;
    }
    if (!mig_diff(cli->ctx, &middle, &end, &part)) return out_of_memory();
    mig_set_twins(&part, changes);
    mig_match_words(cli->ctx, gen_schema_of(cli->ctx), &part);
    b->before = middle;
    b->after = end;
    if (part.count == 0) return CLI_FINE;
    how->contract = true;
    return plan_one(cli, b, joined(cli->ctx, name, "_contract"), &part, how,
                    "contract");
}

static int plan_it(const gen_cli *cli, mig_base *b, gen_list *changes,
                   mig_plan_options *how)
{
    gen_list moved = { NULL, 0, 0 };
    int rc = mig_find_moved(cli, &b->before, changes, &moved);

    if (rc != CLI_FINE) return rc;
    if (moved.count > 0) {
        if (!cli_flag(cli, CLI_PHASED)) {
            return plan_moved(cli, b, &moved, how);
        }
        cli_say("a table cannot be renamed in two phases, since a row has "
                "one id: leave --phased out, and stop the programs that write "
                "it while it runs");
        return CLI_USAGE;
    }
    rc = mig_renames(cli, changes);
    if (rc != CLI_FINE) return rc;
    if (cli_flag(cli, CLI_PHASED)) return plan_phased(cli, b, changes, how);
    return plan_one(cli, b, cli->args[0], changes, how, NULL);
}

static int check_usage(const gen_cli *cli)
{
    if (cli->arg_count == 0) {
        cli_say("`migrate generate` needs a name for the migration, such as "
                "`surrealgen migrate generate add_post_slug`");
        return CLI_USAGE;
    }
    if (cli_flag(cli, CLI_PHASED) && cli_flag(cli, CLI_STDOUT)) {
        cli_say("--phased writes two migrations, --stdout prints one: leave "
                "one of them out");
        return CLI_USAGE;
    }
    return CLI_FINE;
}

int verb_migrate_generate(const gen_cli *cli)
{
    mig_plan_options how;
    gen_list changes;
    mig_base b;
    int rc = check_usage(cli);

    if (rc != CLI_FINE) return rc;
    if (cli_flag(cli, CLI_EMPTY)) {
        gen_cli alone = *cli;
        alone.arg_count = 1;
        return verb_migrate_new(&alone);
    }
    memset(&b, 0, sizeof b);
    memset(&how, 0, sizeof how);
    read_backfills(cli, &how);
    how.archive = cli_flag(cli, CLI_ARCHIVE);
    rc = mig_read_both(cli, 1, &b);
    if (rc != CLI_FINE) return rc;
    if (!mig_diff(cli->ctx, &b.before, &b.after, &changes)) {
        return out_of_memory();
    }
    mig_keep_apart(&b.after, &changes);
    mig_tell_apart(&b.after);
    if (changes.count == 0) {
        cli_print_diags(cli);
        fputs("nothing to do: the schema is what the newest migration "
              "leaves\n", stderr);
        mig_tell_spent(cli, &b.before);
        return CLI_FINE;
    }
    rc = plan_it(cli, &b, &changes, &how);
    if (rc == CLI_FINE || rc == CLI_SCHEMA) cli_print_diags(cli);
    return rc;
}
