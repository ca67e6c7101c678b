/* surrealgen/migrate/verb_new.c: `migrate new`: an empty one, by hand.
 *
 * For what no schema file says: rows. The snapshot of the parent is carried
 * over, since the schema is the same behind it. */
#include "migrate.h"

#include "files.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { TRIES = 20 };

static const char up_text[] =
    "\n"
    "-- Write the statements here, each with its `;`. They run in one\n"
    "-- transaction, unless `-- step:` lines divide them:\n"
    "--     -- step: tx\n"
    "--     -- step: data TABLE batch=1000 quiet\n"
    "--     -- step: index TABLE NAME\n";

static const char down_text[] =
    "\n"
    "-- Write what undoes up.surql, and its class into the header there: safe\n"
    "-- when no row loses anything. Without a statement there is no way back;\n"
    "-- then `irreversible: ...` behind two dashes says why.\n";

/* The path in single quotes, for the shell. */
static void add_quoted(gen_buf *out, const char *path)
{
    gen_buf_add_char(out, '\'');
    for (; *path != 0; path++) {
        if (*path == '\'') {
            gen_buf_add_text(out, "'\\''");
        } else {
            gen_buf_add_char(out, *path);
        }
    }
    gen_buf_add_char(out, '\'');
}

int mig_edit(gen_ctx *ctx, const char *path)
{
    const char *editor = getenv("VISUAL");
    gen_buf command;

    if (editor == NULL || editor[0] == 0) editor = getenv("EDITOR");
    if (editor == NULL || editor[0] == 0) {
        cli_say("no editor is known; set EDITOR, or open %s yourself", path);
        return CLI_USAGE;
    }
    gen_buf_init(&command, ctx);
    gen_buf_add_fmt(&command, "%s ", editor);
    add_quoted(&command, path);
    if (system(command.ptr) == 0) return CLI_FINE;
    cli_say("`%s` did not end well; %s is there as it was left", editor,
            path);
    return CLI_FAILED;
}

static void target_of(const gen_cli *cli, const mig_migration *parent,
                      mig_files *out)
{
    gen_version target = gen_schema_of(cli->ctx)->target;
    gen_buf text;

    if (cli_text(cli, CLI_TARGET, NULL) == NULL && parent != NULL) {
        out->target = parent->target;
        return;
    }
    gen_buf_init(&text, cli->ctx);
    gen_buf_add_fmt(&text, "%d.%d", target.major, target.minor);
    out->target = gen_str_copy(cli->ctx, text.ptr, text.len);
}

static gen_str snapshot_of(const gen_cli *cli, const mig_migration *parent,
                           int *rc)
{
    gen_str none = { "", 0 };
    mig_state empty;
    gen_buf text;

    if (parent != NULL) return parent->snapshot;
    *rc = mig_state_of_text(cli->ctx, gen_schema_of(cli->ctx)->target, "",
                            none, &empty);
    gen_buf_init(&text, cli->ctx);
    if (*rc == CLI_FINE) mig_print_snapshot(&empty, &text);
    return gen_str_copy(cli->ctx, text.ptr, text.len);
}

static int write_new(const gen_cli *cli, mig_chain *chain, mig_files *what)
{
    const mig_migration *parent;
    int rc = mig_read_newest(cli, chain, &parent);
    gen_buf up, down;

    memset(what, 0, sizeof *what);
    if (rc == CLI_FINE) rc = mig_new_id(chain, cli->args[0], &what->id);
    if (rc != CLI_FINE) return rc;
    if (parent != NULL) {
        what->parent = parent->id;
        what->parent_hash = mig_short_hash(cli->ctx, parent->checksum);
    }
    target_of(cli, parent, what);
    what->snapshot = snapshot_of(cli, parent, &rc);
    if (rc != CLI_FINE) return rc;
    gen_buf_init(&up, cli->ctx);
    mig_add_header(&up, what, MIG_MAY_FAIL, MIG_LOSSY, "written by hand");
    gen_buf_add_text(&up, up_text);
    gen_buf_init(&down, cli->ctx);
    gen_buf_add_fmt(&down, "-- surrealgen migration 1, down\n-- id:      %s\n",
                    what->id.ptr);
    gen_buf_add_text(&down, down_text);
    what->up = gen_str_copy(cli->ctx, up.ptr, up.len);
    what->down = gen_str_copy(cli->ctx, down.ptr, down.len);
    return mig_write(cli, chain, what);
}

int verb_migrate_new(const gen_cli *cli)
{
    mig_chain chain;
    mig_files what;
    gen_buf path;
    int rc, i;

    if (cli->arg_count != 1) {
        cli_say("`migrate new` wants one name, such as `migrate new "
                "fill_slugs`");
        return CLI_USAGE;
    }
    rc = cli_set_target(cli);
    if (rc != CLI_FINE) return rc;
    /* When another run was first, this one goes behind it. */
    for (i = 0; i < TRIES; i++) {
        rc = write_new(cli, &chain, &what);
        if (rc != CLI_LOCKED) break;
    }
    if (rc != CLI_FINE) return rc;
    gen_buf_init(&path, cli->ctx);
    gen_buf_add_fmt(&path, "%s/%s/up.surql", chain.dir.ptr, what.id.ptr);
    printf("%s\n", path.ptr);
    fflush(stdout);
    return cli_flag(cli, CLI_EDIT) ? mig_edit(cli->ctx, path.ptr) : CLI_FINE;
}
