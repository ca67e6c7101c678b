/* surrealgen/migrate/verb_ops.c: `migrate unlock`, `dups` and `repair`: what
 * an operator needs at night. Everything they change is written into the log,
 * with the reason. */
#include "verb.h"

#include <stdio.h>
#include <string.h>

/* Who may only read is not told so: nothing is written, without an error. */
#define MUST_WRITE \
    "IF !$log { THROW 'no permission: this user may not write' }; "

/* --------------------------------------------------------------- unlock */

int verb_migrate_unlock(const gen_cli *cli)
{
    static const char ask[] =
        "SELECT *, <string> (time::now() - since) AS age, "
        "until < time::now() AS expired FROM _surrealgen_lock:migrate";
    static const char drop[] =
        "BEGIN; DELETE _surrealgen_lock:migrate; LET $log = (CREATE "
        "_surrealgen_log SET action = 'unlock', done_by = $by, "
        "reason = $reason); " MUST_WRITE "COMMIT";
    static const db_how writes = { true, false };
    surreal_result *result = NULL;
    const surreal_error *err;
    surreal_value row;
    db_link link;
    gen_buf text;
    int rc = db_open_for(cli, &writes, &link);

    if (rc == CLI_FINE) rc = db_query(&link, gen_str_lit(ask), &result);
    if (rc != CLI_FINE) goto end;
    err = surreal_result_error(result);
    if (err != NULL && err->status != SURREAL_ERR_UNDEFINED) {
        rc = db_refused(&link, "reading the lock", err);
        goto end;
    }
    row = surreal_at(surreal_rows(result, 0), 0);
    if (surreal_value_kind(row) == SURREAL_ABSENT) {
        puts("there is no lock");
        goto end;
    }
    gen_buf_init(&text, cli->ctx);
    gen_buf_add_text(&text, "The lock is held by ");
    gen_buf_add_str(&text, db_str(cli->ctx, surreal_str_at(row, "held_by")));
    gen_buf_add_text(&text, ", since ");
    gen_buf_add_str(&text, db_str(cli->ctx, surreal_str_at(row, "age")));
    gen_buf_add_text(&text, surreal_bool_at(row, "expired")
                     ? " (expired). Remove it?" : ". Remove it?");
    rc = mig_confirm(cli, text.ptr, "--yes");
    if (rc != CLI_FINE) goto end;
    surreal_result_free(result);
    result = NULL;
    rc = mig_send_log(&link, drop, "", cli_text(cli, CLI_REASON, ""));
    if (rc == CLI_FINE) puts("removed");
end:
    surreal_result_free(result);
    db_close(&link);
    return rc;
}

/* ----------------------------------------------------------------- dups */

/* "post.slug" or "post.slug,lang": a table and its columns. */
int verb_migrate_dups(const gen_cli *cli)
{
    db_link link;
    gen_str table;
    gen_str fields;
    gen_buf out;
    size_t count = 0;
    size_t dot;
    const char *arg = cli->arg_count == 1 ? cli->args[0] : "";
    int rc;

    dot = strcspn(arg, ".");
    if (dot == 0 || arg[dot] == 0 || arg[dot + 1] == 0) {
        cli_say("migrate dups: name a table and its columns: post.slug, or "
                "post.slug,lang");
        return CLI_USAGE;
    }
    table = gen_str_copy(cli->ctx, arg, dot);
    fields = gen_str_lit(arg + dot + 1);
    gen_buf_init(&out, cli->ctx);
    rc = db_open(cli, &link);
    if (rc == CLI_FINE) rc = mig_dups(&link, table, fields, 0, &out, &count);
    db_close(&link);
    if (rc != CLI_FINE) return rc;
    if (!cli_write_stdout(&out)) return CLI_FAILED;
    return count > 0 ? CLI_FOUND : CLI_FINE;
}

/* --------------------------------------------------------------- repair */

/* What is written down about a migration, changed; with a line in the log. */
static int rewrite(mig_session *s, gen_str id, const char *head,
                   const char *tail, const char *action, const char *reason)
{
    gen_buf text;

    gen_buf_init(&text, s->cli->ctx);
    gen_buf_add_fmt(&text, "BEGIN; %s_surrealgen_migration:`%s`%s; "
                    "LET $log = (CREATE _surrealgen_log SET action = '%s', "
                    "migration = $id, done_by = $by, reason = $reason); "
                    MUST_WRITE "COMMIT", head, id.ptr, tail, action);
    return mig_send_log(&s->link, text.ptr, id.ptr, reason);
}

static int accept_edit(mig_session *s, const mig_migration *one,
                       const char *reason)
{
    gen_buf tail;

    gen_buf_init(&tail, s->cli->ctx);
    gen_buf_add_fmt(&tail, " SET checksum = '%s'", one->checksum.ptr);
    return rewrite(s, one->id, "UPDATE ONLY ", tail.ptr, "repair", reason);
}

static int forget(mig_session *s, const mig_row *row, const char *reason)
{
    return rewrite(s, row->id, "DELETE ", "", "forget", reason);
}

/* One that is half applied, or half taken back: a statement that fails on some
 * rows is put right in the file, and the run goes on where it stopped. */
static int repair_half(mig_session *s, const mig_migration *one,
                       const mig_row *row, const char *reason)
{
    bool is_down = gen_str_is(row->status, "reverting");
    const gen_list *steps = is_down ? &one->down.steps : &one->up.steps;
    gen_buf text;
    gen_buf tail;
    size_t i;
    int rc;

    if (row->steps_done >= (int64_t)steps->count) {
        cli_say("migrate repair: %ld steps of %s were run, and %s has %lu: "
                "those that were run, and at least one more, must be there",
                (long)row->steps_done, one->id.ptr, is_down
                ? one->down.path.ptr : one->up.path.ptr,
                (unsigned long)steps->count);
        return CLI_REFUSED;
    }
    gen_buf_init(&text, s->cli->ctx);
    gen_buf_add_fmt(&text, "Take what %s says now for what was run? Nothing "
                    "is run again; `surrealgen migrate %s` goes on with step "
                    "%ld, where it stopped.", one->id.ptr,
                    is_down ? "down" : "up", (long)row->steps_done + 1);
    rc = mig_confirm(s->cli, text.ptr, "--yes");
    if (rc != CLI_FINE) return rc;
    gen_buf_init(&tail, s->cli->ctx);
    gen_buf_add_fmt(&tail, " SET steps_total = %lu, step_sums = [",
                    (unsigned long)steps->count);
    for (i = 0; i < steps->count; i++) {
        gen_buf_add_fmt(&tail, "%s'%s'", i > 0 ? ", " : "",
                        mig_step_at(steps, i)->checksum.ptr);
    }
    gen_buf_add_char(&tail, ']');
    return rewrite(s, one->id, "UPDATE ONLY ", tail.ptr, "repair", reason);
}

static int repair(mig_session *s, gen_str id, const char *reason)
{
    const mig_migration *one = mig_find_id(&s->chain, id);
    const mig_row *row = mig_row_of(&s->history, id);
    gen_buf text;
    int rc;

    if (row == NULL) {
        cli_say("migrate repair: %s is not applied; `surrealgen migrate "
                "status` lists what is", id.ptr);
        return CLI_USAGE;
    }
    gen_buf_init(&text, s->cli->ctx);
    if (cli_flag(s->cli, CLI_FORGET)) {
        gen_buf_add_fmt(&text, "Forget that %s was applied? The schema stays "
                        "as it is.", id.ptr);
        rc = mig_confirm(s->cli, text.ptr, "--yes");
        return rc == CLI_FINE ? forget(s, row, reason) : rc;
    }
    if (one == NULL) {
        cli_say("migrate repair: there is no folder of %s: bring it back, or "
                "--forget it", id.ptr);
        return CLI_REFUSED;
    }
    if (!gen_str_is(row->status, "applied")) {
        return repair_half(s, one, row, reason);
    }
    if (gen_str_eq(one->checksum, row->checksum)) {
        printf("%s is as it was applied\n", id.ptr);
        return CLI_FINE;
    }
    gen_buf_add_fmt(&text, "Take %s as it is now for what was applied? "
                    "Nothing is run.", id.ptr);
    rc = mig_confirm(s->cli, text.ptr, "--yes");
    return rc == CLI_FINE ? accept_edit(s, one, reason) : rc;
}

int verb_migrate_repair(const gen_cli *cli)
{
    const char *reason = cli_text(cli, CLI_REASON, NULL);
    const mig_migration *one;
    mig_session s;
    gen_str id;
    int rc;

    if (cli->arg_count != 1 || reason == NULL) {
        cli_say("migrate repair: name the migration, and why: --reason TEXT");
        return CLI_USAGE;
    }
    rc = mig_open(cli, true, &s);
    if (rc == CLI_FINE) {
        id = gen_str_lit(cli->args[0]);
        one = mig_row_of(&s.history, id) != NULL ? NULL
            : mig_named(&s.chain, cli->args[0]);
        if (one != NULL) id = one->id;
        rc = repair(&s, id, reason);
    }
    mig_close(&s);
    return rc;
}
