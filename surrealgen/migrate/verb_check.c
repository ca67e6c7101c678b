/* surrealgen/migrate/verb_check.c: `schema check`: has anybody changed the
 * database by hand?
 *
 * The left side is the snapshot of the last migration that was applied, the
 * right side what is defined. Of a migration that stopped half way neither its
 * snapshot nor its parent's is what should be there: then nothing is said. */
#include "drift.h"
#include "verb.h"

#include <stdio.h>
#include <string.h>

/* ------------------------------------------------------------ with a server */

static int say_partial(const mig_history *history)
{
    size_t i;

    for (i = 0; i < history->rows.count; i++) {
        const mig_row *row = mig_row_at(&history->rows, i);
        if (gen_str_is(row->status, "applied")) continue;
        cli_say("%s was %s in part, %ld of %ld steps: what should be there "
                "cannot be said", row->id.ptr,
                gen_str_is(row->status, "partial") ? "applied"
                : "taken back", (long)row->steps_done,
                (long)row->steps_total);
        fprintf(stderr, "  help: `surrealgen migrate %s` goes on with it; "
                "check then\n", gen_str_is(row->status, "partial") ? "up"
                : "down");
        return CLI_REFUSED;
    }
    return CLI_FINE;
}

static int say_none(const mig_chain *chain, const mig_history *history)
{
    if (history->rows.count > 0) {
        cli_say("what was applied last, %s, is not in %s: there is nothing to "
                "compare with",
                mig_row_at(&history->rows, history->rows.count - 1)->id.ptr,
                chain->dir.ptr);
        fputs("  help: check out the branch that has it; `surrealgen migrate "
              "status` lists both\n", stderr);
        return CLI_SCHEMA;
    }
    cli_say("no migration of the folder %s was applied to this database: there "
            "is nothing to compare with", chain->dir.ptr);
    fputs("  help: `surrealgen migrate up` applies them; `surrealgen migrate "
          "baseline NAME` begins with\n        what there is; `surrealgen "
          "schema validate` compares with the schema files\n", stderr);
    return CLI_REFUSED;
}

/* Which migration the database should be at. */
static int find_applied(const gen_cli *cli, mig_live *live,
                        const mig_chain *chain, const mig_migration **out)
{
    const char *named = cli_text(cli, CLI_AGAINST, NULL);
    mig_history history;
    int rc;

    *out = NULL;
    if (named != NULL) {
        *out = mig_named(chain, named);
        return *out != NULL ? CLI_FINE : CLI_USAGE;
    }
    if (!live->has_server) {
        rc = mig_newest(chain, out);
        if (rc == CLI_FINE && *out == NULL) {
            cli_say("there is no migration in %s to compare with",
                    chain->dir.ptr);
            rc = CLI_REFUSED;
        }
        return rc;
    }
    rc = mig_read_history(&live->link, chain, &history);
    if (rc == CLI_FINE) rc = say_partial(&history);
    if (rc != CLI_FINE) return rc;
    *out = mig_last_applied(chain, &history);
    return *out != NULL ? CLI_FINE : say_none(chain, &history);
}

static int check_live(const gen_cli *cli)
{
    const mig_migration *applied = NULL;
    mig_differ differ;
    mig_chain chain;
    mig_live live;
    gen_buf against;
    int rc = mig_read_chain(cli, &chain);

    if (rc != CLI_FINE) return rc;
    memset(&differ, 0, sizeof differ);
    differ.cli = cli;
    differ.ours_word = "snapshot";
    rc = mig_open_live(cli, &live);
    if (rc == CLI_FINE) rc = find_applied(cli, &live, &chain, &applied);
    if (rc == CLI_FINE) rc = mig_read_live(cli, &live);
    if (rc == CLI_FINE) {
        gen_buf_init(&against, cli->ctx);
        gen_buf_add_fmt(&against, "migration %s", applied->id.ptr);
        differ.against = against.ptr;
        rc = mig_differ_from(&live, applied->snapshot, &differ);
    }
    if (rc == CLI_FINE) rc = mig_tell_drift(&differ, live.target);
    mig_close_live(&live);
    return rc;
}

/* -------------------------------------------------------------- without one */

/* Whether `migrate generate` would have nothing to do: by what the files say,
 * never by when they were written, since a checkout gives every file a new
 * time. */
static bool is_same(const gen_cli *cli, const mig_migration *newest,
                    mig_state *now)
{
    gen_list changes;
    mig_state before;
    gen_buf text;

    if (newest == NULL) return now->defs.count == 0;
    gen_buf_init(&text, cli->ctx);
    mig_print_snapshot(now, &text);
    if (gen_str_eq(gen_buf_str(&text), newest->snapshot)) return true;
    if (mig_state_of_text(cli->ctx, now->target, "schema.snap",
                          newest->snapshot, &before) != CLI_FINE) {
        return false;
    }
    if (!mig_diff(cli->ctx, &before, now, &changes)) return false;
    mig_keep_apart(now, &changes);
    return changes.count == 0;
}

static int check_offline(const gen_cli *cli)
{
    const mig_migration *newest = NULL;
    mig_chain chain;
    mig_state now;
    int rc = mig_read_chain(cli, &chain);

    if (rc == CLI_FINE) rc = mig_newest(&chain, &newest);
    if (rc == CLI_FINE) rc = cli_load(cli);
    if (rc == CLI_FINE) rc = mig_state_of_files(cli->ctx, &now);
    if (rc != CLI_FINE) return rc;
    if (is_same(cli, newest, &now)) return CLI_FINE;
    if (mig_wants_json(cli)) {
        cli_say("the schema files are not what %s leaves", newest != NULL
                ? newest->id.ptr : "no migration");
        return CLI_FOUND;
    }
    if (newest == NULL) {
        printf("schema check: the schema files have %lu definitions, and %s "
               "no migration\n", (unsigned long)now.defs.count,
               chain.dir.ptr);
    } else {
        printf("schema check: the schema files are not what %s leaves\n",
               newest->id.ptr);
    }
    puts("  write the difference:   surrealgen migrate generate NAME\n"
         "  see it:                 surrealgen schema diff");
    return CLI_FOUND;
}

/* A hook of git runs at the root of the repository. It looks at what is
 * committed, which may be less than what lies in the folder: a migration that
 * nobody added is the mistake it is there for. */
static int print_hook(void)
{
    fputs("#!/bin/sh\n"
          "# .git/hooks/pre-commit: no commit of a schema without its "
          "migration.\n"
          "#     surrealgen schema check --hook > .git/hooks/pre-commit\n"
          "#     chmod +x .git/hooks/pre-commit\n"
          "# Needs no server. `git commit --no-verify` goes without.\n"
          "project=. # where surrealgen.toml is\n"
          "set -f -- '*.sg' '*.surql' '*.snap' '*surrealgen.toml'\n"
          "if git diff --cached --quiet -- \"$@\"; then\n"
          "    exit 0\n"
          "fi\n"
          "copy=$(mktemp -d) || exit 1\n"
          "trap 'rm -rf \"$copy\"' EXIT\n"
          "git ls-files -z -- \"$@\" |\n"
          "    git checkout-index -z --stdin --prefix=\"$copy/\" || exit 1\n"
          "cd \"$copy/$project\" || exit 1\n"
          "surrealgen fmt --check && surrealgen migrate check &&\n"
          "    surrealgen schema check --offline && exit 0\n"
          "echo 'pre-commit: this is about what was added (git add), "
          "migrations included' >&2\n"
          "exit 1\n", stdout);
    return CLI_FINE;
}

int verb_schema_check(const gen_cli *cli)
{
    if (cli_flag(cli, CLI_HOOK)) return print_hook();
    if (cli_flag(cli, CLI_STALE)) return check_offline(cli);
    if (cli->arg_count > 0) {
        cli_say("schema files are looked at with --offline alone; `surrealgen "
                "schema validate` compares them with a database");
        return CLI_USAGE;
    }
    return check_live(cli);
}
