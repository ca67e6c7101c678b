/* surrealgen/migrate/verb_lint.c: `migrate lint`.
 *
 * Without a server the newest migration is looked at, for what was applied
 * cannot be changed any more. With one, those that are pending are, and rows
 * are counted for the first of them: later ones meet other rows. */
#include "drift.h"
#include "verb.h"

#include <string.h>

/* What the options say, and what was read. */
typedef struct looking {
    const gen_cli *cli;
    mig_chain chain;
    gen_list chosen; /* mig_migration */
    gen_list approved;
    gen_ctx *program; /* schema files, or NULL */
    db_link link;
    bool is_open;
} looking;

/* Those that are not applied yet. */
static int choose_pending(looking *k)
{
    mig_history history;
    size_t i;
    int rc = mig_read_history(&k->link, &k->chain, &history);

    for (i = 0; rc == CLI_FINE && i < k->chain.all.count; i++) {
        mig_migration *one = mig_at(&k->chain.all, i);
        mig_standing how = mig_standing_of(&k->chain, &history, one);
        if (how == MIG_PENDING || how == MIG_PARTIAL
            || how == MIG_WAITING) {
            gen_list_push(k->cli->ctx, &k->chosen, one);
        }
    }
    return rc;
}

static int choose(looking *k)
{
    const mig_migration *one;
    size_t i;
    int rc = CLI_FINE;

    for (i = 0; i < k->cli->arg_count; i++) {
        one = mig_named(&k->chain, k->cli->args[i]);
        if (one == NULL) return CLI_USAGE;
        gen_list_push(k->cli->ctx, &k->chosen, (void *)(uintptr_t)one);
    }
    if (k->cli->arg_count > 0) return CLI_FINE;
    if (cli_flag(k->cli, CLI_ALL)) {
        k->chosen = k->chain.all;
        return CLI_FINE;
    }
    if (k->is_open) return choose_pending(k);
    rc = mig_newest(&k->chain, &one);
    if (rc == CLI_FINE && one != NULL) {
        gen_list_push(k->cli->ctx, &k->chosen, (void *)(uintptr_t)one);
    }
    return rc;
}

/* Schema files, when the settings name some; a context of their own, so that
 * what `check` says of them is not said here. */
static int read_program(looking *k)
{
    gen_cli files = *k->cli;
    int rc;

    if (cli_count(k->cli, CLI_SCHEMA_FILES) == 0) return CLI_FINE;
    files.arg_count = 0;
    files.ctx = gen_open(cli_memory());
    if (files.ctx == NULL) {
        cli_say("out of memory");
        return CLI_FAILED;
    }
    k->program = files.ctx;
    rc = cli_read(&files);
    if (rc == CLI_FINE && gen_error_count(files.ctx) > 0) {
        cli_say("the schema files have errors: `surrealgen check` shows "
                "them; queries are left out");
        gen_close(k->program);
        k->program = NULL;
    }
    return rc;
}

static int look_at(looking *k, const mig_migration *one, bool counts)
{
    gen_ctx *ctx = k->cli->ctx;
    mig_state before, after;
    mig_lint how;
    const mig_migration *newest = k->chain.heads.count == 1
        ? mig_at(&k->chain.heads, 0) : NULL;
    int rc = mig_states_around(&k->chain, one, &before, &after);

    if (rc != CLI_FINE) return rc;
    memset(&how, 0, sizeof how);
    how.ctx = ctx;
    how.what = one;
    how.before = &before;
    how.after = &after;
    how.link = k->is_open && counts ? &k->link : NULL;
    /* The files are those of today: an older migration was fine with its
     * own. */
    how.program = one == newest ? k->program : NULL;
    how.approved = &k->approved;
    how.after_deploy = cli_flag(k->cli, CLI_AFTER_DEPLOY);
    mig_lint_migration(&how);
    return CLI_FINE;
}

static int verdict(const gen_cli *cli)
{
    if (gen_error_count(cli->ctx) > 0) {
        cli_say("migrate lint: `up` would refuse this; --allow approves a "
                "class or a code, `-- sg-allow CODE: reason` one statement");
        return CLI_REFUSED;
    }
    if (cli_flag(cli, CLI_STRICT) && gen_warning_count(cli->ctx) > 0) {
        return CLI_FOUND;
    }
    return CLI_FINE;
}

static int print_list(const gen_cli *cli)
{
    gen_buf out;

    gen_buf_init(&out, cli->ctx);
    mig_print_rules(&out);
    return cli_write_stdout(&out) ? CLI_FINE : CLI_FAILED;
}

int verb_migrate_lint(const gen_cli *cli)
{
    looking k;
    size_t i;
    int rc;

    if (cli_flag(cli, CLI_LIST_ALL)) return print_list(cli);
    memset(&k, 0, sizeof k);
    k.cli = cli;
    gen_set_notes(cli->ctx, true);
    if (cli_text(cli, CLI_MAX_DIAGS, NULL) != NULL) {
        long max = cli_number(cli, CLI_MAX_DIAGS, 0);
        gen_set_max_diags(cli->ctx, max > 0 ? (size_t)max : SIZE_MAX);
    }
    mig_list_approved(cli, &k.approved);
    rc = mig_check_allowed(cli);
    if (rc == CLI_FINE) rc = mig_need_folder(cli);
    if (rc == CLI_FINE) rc = mig_read_chain(cli, &k.chain);
    if (rc == CLI_FINE && cli_text(cli, CLI_URL, NULL) != NULL
        && !cli_flag(cli, CLI_NO_SERVER)) {
        rc = db_open(cli, &k.link);
        k.is_open = rc == CLI_FINE;
    }
    if (rc == CLI_FINE) rc = choose(&k);
    if (rc == CLI_FINE) rc = read_program(&k);
    for (i = 0; rc == CLI_FINE && i < k.chosen.count; i++) {
        rc = look_at(&k, mig_at(&k.chosen, i), i == 0 || cli->arg_count > 0);
    }
    if (rc == CLI_FINE) {
        if (k.chosen.count == 0) {
            cli_say(k.is_open ? "no migration is pending"
                    : "there is no migration yet");
        }
        cli_print_diags(cli);
        rc = verdict(cli);
    }
    db_close(&k.link);
    if (k.program != NULL) gen_close(k.program);
    return rc;
}
