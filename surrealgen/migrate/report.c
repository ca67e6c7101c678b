/* surrealgen/migrate/report.c: a run of surreal_migrate(), told.
 *
 * What is done goes to stdout, a line each; why something was not done goes
 * to stderr: which migration, which statement of which file, what the server
 * said about it, and what the database is like now. */
#include "../schema/front.h"
#include "../cli/json.h"
#include "migrate.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------ what is done */

static void add_duration(gen_buf *out, int64_t us)
{
    if (us < 1000) gen_buf_add_fmt(out, "%d us", (int)us);
    else if (us < 10000000) gen_buf_add_fmt(out, "%d ms", (int)(us / 1000));
    else gen_buf_add_fmt(out, "%d s", (int)(us / 1000000));
}

static void tell_done(mig_teller *t, const surreal_migrate_event *event)
{
    mig_done *done = (mig_done *)gen_new(t->cli->ctx, sizeof *done);
    gen_buf line;

    done->id = gen_str_lit(event->migration->id);
    done->took_us = event->took_us;
    gen_list_push(t->cli->ctx, &t->done, done);
    if (t->json) return;
    gen_buf_init(&line, t->cli->ctx);
    gen_buf_add_fmt(&line, "%s %s (", t->verb_done, event->migration->id);
    add_duration(&line, event->took_us);
    gen_buf_add_text(&line, ")\n");
    cli_write_stdout(&line);
}

static void tell_rows(const surreal_migrate_event *event)
{
    char all[32] = "";

    if (!db_sees_terminal()) return;
    if (event->rows_all > 0) {
        snprintf(all, sizeof all, " of %lu",
                 (unsigned long)event->rows_all);
    }
    fprintf(stderr, "\r  step %lu of %lu: %lu%s rows",
            (unsigned long)event->step + 1, (unsigned long)event->steps,
            (unsigned long)event->rows, all);
    if (event->rows_all > 0 && event->rows >= event->rows_all) {
        fputc('\n', stderr);
    }
}

/* Whether anything of this run comes behind what is told. */
static bool is_last(const surreal_migrate_event *event)
{
    switch (event->what) {
    case SURREAL_MIGRATE_DONE:
        return true; /* or BEGIN follows */
    case SURREAL_MIGRATE_STEP:
        return event->step >= event->steps;
    case SURREAL_MIGRATE_ROWS:
        return event->step + 1 >= event->steps
            && event->rows >= event->rows_all;
    default:
        return false;
    }
}

surreal_status mig_tell(void *user, const surreal_migrate_event *event)
{
    mig_teller *t = (mig_teller *)user;

    switch (event->what) {
    case SURREAL_MIGRATE_DONE:
        tell_done(t, event);
        break;
    case SURREAL_MIGRATE_ROWS:
        tell_rows(event);
        break;
    case SURREAL_MIGRATE_WAITING:
        if (!t->told_wait) {
            cli_say("waiting for another run: %s", event->holder);
        }
        t->told_wait = true;
        break;
    default:
        break;
    }
    if (mig_is_interrupted() && !is_last(event)) return SURREAL_ERR_CANCELLED;
    return SURREAL_OK;
}

/* --------------------------------------------------------- what went wrong */

typedef struct place {
    const mig_script *script;
    const mig_step *step;
    gen_str statement;
    size_t off;      /* in the file */
    unsigned line;
} place;

/* Where the statement the server refused stands in its file. */
static bool find_place(const mig_teller *t,
                       const surreal_migrate_report *report, place *out)
{
    const mig_migration *of
        = mig_find_id(t->chain, gen_str_lit(report->failed->id));
    const mig_statement *one;
    gen_list all;
    size_t i;

    memset(out, 0, sizeof *out);
    if (of == NULL) return false;
    out->script = report->is_down ? &of->down : &of->up;
    if (report->step >= out->script->steps.count) return false;
    out->step = mig_step_at(&out->script->steps, report->step);
    out->line = out->step->line;
    if (report->statement < 0) return true;
    memset(&all, 0, sizeof all);
    mig_split(t->cli->ctx, out->step->text, &all);
    if ((size_t)report->statement >= all.count) return true;
    one = mig_statement_at(&all, (size_t)report->statement);
    out->statement = one->text;
    out->off = out->step->at
        + (report->at > one->at ? report->at : one->at);
    if (out->off > out->script->text.len) out->off = out->script->text.len;
    out->line = 1;
    for (i = 0; i < out->off; i++) {
        if (out->script->text.ptr[i] == '\n') out->line++;
    }
    return true;
}

/* The line of the statement with a caret below. */
static void print_frame(const place *p, const char *said)
{
    static const char thrown[] = "An error occurred: ";
    gen_str text = p->script->text;
    size_t from = p->off;
    size_t to = p->off;
    size_t i;
    char number[16];

    while (from > 0 && text.ptr[from - 1] != '\n') from--;
    while (to < text.len && text.ptr[to] != '\n' && text.ptr[to] != '\r') {
        to++;
    }
    if (to - from > 100) to = from + 100;
    snprintf(number, sizeof number, "%u", p->line);
    fprintf(stderr, "%*s |\n%s | %.*s\n%*s | ", (int)strlen(number), "",
            number, (int)(to - from), text.ptr + from, (int)strlen(number),
            "");
    for (i = from; i < p->off && i < to; i++) {
        fputc(text.ptr[i] == '\t' ? '\t' : ' ', stderr);
    }
    /* What a statement throws is not the server's opinion. */
    if (strncmp(said, thrown, sizeof thrown - 1) == 0) {
        fprintf(stderr, "^ %s\n", said + sizeof thrown - 1);
    } else {
        fprintf(stderr, "^ the server said: %s\n", said);
    }
}

/* A UNIQUE index over values that are not: which ones. */
static void tell_duplicates(const mig_teller *t, const place *p,
                            const char *said)
{
    gen_str table;
    gen_str fields;
    gen_buf out;
    size_t count = 0;

    if (strstr(said, "already contains") == NULL
        && strstr(said, "would have the same in this index") == NULL) return;
    if (!mig_index_columns(t->cli->ctx, p->statement, &table, &fields)) return;
    gen_buf_init(&out, t->cli->ctx);
    if (t->link->db == NULL
        || mig_dups(t->link, table, fields, 4, &out, &count) != CLI_FINE
        || count == 0) {
        return;
    }
    fprintf(stderr, "  values that occur more than once:\n%s"
            "  see them all: surrealgen migrate dups '%.*s.%.*s'\n",
            out.ptr, (int)table.len, table.ptr, (int)fields.len, fields.ptr);
}

static bool is_denied(const surreal_error *err)
{
    return err->status == SURREAL_ERR_DENIED
        || strstr(err->message, "Not enough permissions") != NULL;
}

static void say_rights(void)
{
    fputs("  help: it takes a user of the database, the namespace or the root "
          "with the role EDITOR or OWNER\n", stderr);
}

/* The verb that goes on with what this one began. */
static const char *again(const char *verb)
{
    return strncmp(verb, "migrate ", 8) == 0 ? "migrate up" : verb;
}

static int say_failed(const mig_teller *t, surreal_status status,
                      const surreal_migrate_report *report)
{
    const char *said = db_reason(t->cli->ctx, report->error.message);
    bool is_lost = surreal_status_class(status) == SURREAL_CLASS_CLOSED
        || surreal_status_class(status) == SURREAL_CLASS_IO;
    place p;

    cli_say("%s: %s failed, %s", t->cli->verb->name, report->failed->id,
            report->is_partly ? "and what was done before stays"
            : is_lost ? "the connection is gone"
            : "nothing of it was changed");
    if (find_place(t, report, &p)) {
        fprintf(stderr, "  step %lu of %lu, %.*s:%u\n",
                (unsigned long)report->step + 1,
                (unsigned long)p.script->steps.count,
                (int)p.script->path.len, p.script->path.ptr, p.line);
        if (p.statement.len > 0) {
            print_frame(&p, said);
        } else if (report->table[0] != 0) {
            fprintf(stderr, "  a row of `%s` does not fit what this step "
                    "defines: %s\n", report->table, said);
        } else {
            fprintf(stderr, "  %s\n", said);
        }
        tell_duplicates(t, &p, said);
    } else {
        fprintf(stderr, "  %s\n", said);
    }
    if (report->is_partly) {
        fprintf(stderr, "  to go on: mend what is wrong, then "
                "`surrealgen %s` again; it begins with this step\n",
                report->is_down ? "migrate down"
                : again(t->cli->verb->name));
        return CLI_PARTLY;
    }
    if (report->done > 0) {
        fprintf(stderr, "  %lu before it %s\n", (unsigned long)report->done,
                report->done == 1 ? "is applied and stays"
                                  : "are applied and stay");
    }
    if (is_denied(&report->error)) {
        say_rights();
        return CLI_CONNECT;
    }
    return is_lost ? CLI_CONNECT : CLI_FAILED;
}

/* All that could be done was, and something is left. */
static bool waits(surreal_status status, const surreal_migrate_report *report)
{
    return report->waiting != NULL && report->failed == NULL
        && (status == SURREAL_OK || status == SURREAL_ERR_USAGE);
}

static void print_json(const mig_teller *t, int rc, surreal_status status,
                       const surreal_migrate_report *report)
{
    cli_json json;
    gen_buf out;
    size_t i;
    place p;

    gen_buf_init(&out, t->cli->ctx);
    cli_json_init(&json, &out, 2);
    cli_json_open(&json, '{');
    cli_json_key(&json, "exit");
    cli_json_int(&json, rc);
    cli_json_key(&json, "done");
    cli_json_open(&json, '[');
    for (i = 0; i < t->done.count; i++) {
        const mig_done *done = (const mig_done *)t->done.at[i];
        cli_json_open(&json, '{');
        cli_json_key(&json, "id");
        cli_json_str(&json, done->id);
        cli_json_key(&json, "took_us");
        cli_json_int(&json, done->took_us);
        cli_json_close(&json, '}');
    }
    cli_json_close(&json, ']');
    if (rc != CLI_FINE) {
        cli_json_key(&json, "message");
        cli_json_text(&json, waits(status, report)
                      ? "it waits for --after-deploy"
                      : surreal_last_error(t->link->db)->message);
    }
    if (report->waiting != NULL) {
        cli_json_key(&json, "waiting");
        cli_json_text(&json, report->waiting->id);
    }
    if (rc != CLI_FINE && report->failed != NULL) {
        cli_json_key(&json, "failed");
        cli_json_text(&json, report->failed->id);
        cli_json_key(&json, "partly");
        cli_json_bool(&json, report->is_partly);
        cli_json_key(&json, "step");
        cli_json_uint(&json, report->step + 1);
        if (find_place(t, report, &p)) {
            cli_json_key(&json, "file");
            cli_json_str(&json, p.script->path);
            cli_json_key(&json, "line");
            cli_json_uint(&json, p.line);
        }
    }
    cli_json_close(&json, '}');
    gen_buf_add_char(&out, '\n');
    cli_write_stdout(&out);
}

/* What stands before it is done, and stays. */
int mig_say_waiting(const gen_cli *cli, const char *id)
{
    cli_say("%s: %s waits until no program of before runs any more",
            cli->verb->name, id);
    fputs("  help: --after-deploy applies it, and what comes behind it\n",
          stderr);
    return CLI_REFUSED;
}

/* What the library refused before it began. */
static int say_refused(const mig_teller *t, surreal_status status,
                       const surreal_migrate_report *report)
{
    const surreal_error *err = surreal_last_error(t->link->db);

    if (status == SURREAL_ERR_TIMEOUT && report->failed != NULL) {
        cli_say("%s: %s", t->cli->verb->name, err->message);
        fputs("  help: --lock-wait 60 waits longer\n", stderr);
        return CLI_LOCKED;
    }
    if (status == SURREAL_ERR_USAGE || status == SURREAL_ERR_UNSUPPORTED) {
        cli_say("%s: %s", t->cli->verb->name, err->message);
        return CLI_REFUSED;
    }
    if (is_denied(err)) {
        cli_say("%s: %s", t->cli->verb->name,
                db_reason(t->cli->ctx, err->message));
        say_rights();
        return CLI_CONNECT;
    }
    if (surreal_status_class(status) == SURREAL_CLASS_SERVER) {
        return db_refused(t->link, t->cli->verb->name, err);
    }
    cli_say("%s: %s", t->cli->verb->name, err->message);
    return CLI_CONNECT;
}

static int say_interrupted(const mig_teller *t,
                           const surreal_migrate_report *report)
{
    cli_say("%s: interrupted", t->cli->verb->name);
    if (report->is_partly && report->failed != NULL) {
        fprintf(stderr, "  %s is half way; what was done stays, and the lock "
                "is free\n", report->failed->id);
    }
    fprintf(stderr, "  to go on: `surrealgen %s` again\n",
            t->cli->verb->name);
    return CLI_INTERRUPTED;
}

int mig_outcome(const mig_teller *teller, surreal_status status,
                const surreal_migrate_report *report)
{
    int rc = CLI_FINE;

    if (waits(status, report)) {
        rc = mig_say_waiting(teller->cli, report->waiting->id);
    } else if (status != SURREAL_OK) {
        bool ran = report->failed != NULL
            && report->error.status != SURREAL_OK;
        if (status == SURREAL_ERR_CANCELLED && mig_is_interrupted()) {
            rc = say_interrupted(teller, report);
        } else {
            rc = ran ? say_failed(teller, status, report)
                : say_refused(teller, status, report);
        }
    }
    if (teller->json) print_json(teller, rc, status, report);
    return rc;
}

/* -------------------------------------------------------------- questions */

int mig_confirm(const gen_cli *cli, const char *question, const char *flag)
{
    char line[16];

    if (cli_flag(cli, CLI_YES)) return CLI_FINE;
    if (cli_flag(cli, CLI_NO_INPUT) || !db_sees_terminal_in()) {
        cli_say("%s: refused: %s Give %s to say yes.", cli->verb->name,
                question, flag);
        return CLI_REFUSED;
    }
    fprintf(stderr, "%s [y/N] ", question);
    if (fgets(line, sizeof line, stdin) == NULL
        || (line[0] != 'y' && line[0] != 'Y')) {
        cli_say("%s: not done", cli->verb->name);
        return CLI_REFUSED;
    }
    return CLI_FINE;
}

/* In whatever letters, as lint takes them. */
static bool is_code(gen_ctx *ctx, gen_str word)
{
    gen_code code;
    gen_buf upper;
    size_t i;

    gen_buf_init(&upper, ctx);
    for (i = 0; i < word.len; i++) {
        gen_buf_add_char(&upper, (char)toupper((unsigned char)word.ptr[i]));
    }
    return gen_find_code(gen_buf_str(&upper), &code);
}

int mig_check_allowed(const gen_cli *cli)
{
    static const char *const classes[] = { "data-loss", "irreversible",
                                           "drift", NULL };
    gen_list approved;
    size_t i;

    mig_list_approved(cli, &approved);
    for (i = 0; i < approved.count; i++) {
        gen_str word = gen_name_at(&approved, i)->text;
        size_t k = 0;
        while (classes[k] != NULL && !gen_str_is(word, classes[k])) k++;
        if (classes[k] != NULL || is_code(cli->ctx, word)) continue;
        cli_say("--allow approves data-loss, irreversible, drift or a code "
                "such as SG101, not `%s`", word.ptr);
        return CLI_USAGE;
    }
    return CLI_FINE;
}

bool mig_is_allowed(const gen_cli *cli, const char *what)
{
    gen_list approved;
    size_t i;

    mig_list_approved(cli, &approved);
    for (i = 0; i < approved.count; i++) {
        if (gen_str_is(gen_name_at(&approved, i)->text, what)) return true;
    }
    return false;
}
