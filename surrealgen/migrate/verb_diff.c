/* surrealgen/migrate/verb_diff.c: `schema diff`: what differs.
 *
 * Between the schema files and the newest migration, or between any two
 * schemas. No server is asked.
 *
 * A side is what its name finds first: a file or folder with a schema, a
 * snapshot, the folder of a migration, or a migration of the chain. */
#include "../schema/front.h"
#include "drift.h"
#include "files.h"
#include "plan.h"
#include "verb.h"

#include <string.h>
#include <sys/stat.h>

/* -------------------------------------------------------------------- json */

static const char *op_word(mig_op op)
{
    static const char *const words[] = { "add", "remove", "change", "rename" };

    return words[op];
}

static void json_type(cli_json *json, gen_ctx *ctx, const char *key,
                      const mig_def *def)
{
    const gen_field *field = mig_field_of(def);
    gen_buf text;

    if (field == NULL) return;
    gen_buf_init(&text, ctx);
    gen_surql_type(&text, field->type);
    cli_json_key(json, key);
    cli_json_str(json, gen_buf_str(&text));
}

static void json_change(cli_json *json, gen_ctx *ctx,
                        const mig_change *change)
{
    const mig_def *def = change->after != NULL ? change->after
        : change->before;
    gen_buf words;

    cli_json_open(json, '{');
    cli_json_key(json, "op");
    cli_json_text(json, op_word(change->op));
    cli_json_key(json, "kind");
    cli_json_text(json, mig_kind_word(def->kind));
    if (def->table.len > 0) {
        cli_json_key(json, "table");
        cli_json_str(json, def->table);
    }
    cli_json_key(json, "name");
    cli_json_str(json, def->name);
    if (change->op == MIG_RENAME) {
        cli_json_key(json, "was");
        cli_json_str(json, change->before->name);
    }
    if (change->before != NULL) {
        json_type(json, ctx, "type_before", change->before);
        cli_json_key(json, "before");
        cli_json_str(json, change->before->text);
    }
    if (change->after != NULL) {
        json_type(json, ctx, "type_after", change->after);
        cli_json_key(json, "after");
        cli_json_str(json, change->after->text);
    }
    gen_buf_init(&words, ctx);
    mig_add_what(&words, change->what);
    if (words.len > 0) {
        cli_json_key(json, "what");
        cli_json_str(json, gen_buf_str(&words));
    }
    cli_json_close(json, '}');
}

/* What is in no migration, by kind and name. */
void mig_json_apart(cli_json *json, const mig_state *after)
{
    size_t i;

    cli_json_key(json, "not_migrated");
    cli_json_open(json, '[');
    for (i = 0; i < after->apart.count; i++) {
        const mig_apart *one = mig_apart_at(&after->apart, i);
        bool env = one->secret->kind == GEN_SECRET_ENV;
        cli_json_open(json, '{');
        cli_json_key(json, "kind");
        cli_json_text(json, mig_kind_word(one->def->kind));
        cli_json_key(json, "name");
        cli_json_str(json, one->def->name);
        cli_json_key(json, env ? "variable" : "file");
        cli_json_str(json, one->secret->text);
        cli_json_close(json, '}');
    }
    cli_json_close(json, ']');
}

void mig_json_changes(cli_json *json, gen_ctx *ctx, const gen_list *list)
{
    size_t i;

    cli_json_key(json, "changes");
    cli_json_open(json, '[');
    for (i = 0; i < list->count; i++) {
        json_change(json, ctx, mig_change_at(list, i));
    }
    cli_json_close(json, ']');
}

static int print_diff(const gen_cli *cli, const mig_state *after,
                      const gen_list *changes)
{
    gen_buf out;

    gen_buf_init(&out, cli->ctx);
    if (mig_wants_json(cli)) {
        cli_json json;
        cli_json_init(&json, &out, 2);
        cli_json_open(&json, '{');
        mig_json_changes(&json, cli->ctx, changes);
        mig_json_apart(&json, after);
        cli_json_close(&json, '}');
        gen_buf_add_char(&out, '\n');
    } else {
        mig_print_changes(changes, &out);
    }
    if (out.len > 0 && !cli_write_stdout(&out)) return CLI_FAILED;
    return changes->count > 0 ? CLI_FOUND : CLI_FINE;
}

/* ---------------------------------------------------------------- two sides */

static bool ends(const char *text, const char *with)
{
    size_t a = strlen(text);
    size_t b = strlen(with);

    return a >= b && strcmp(text + a - b, with) == 0;
}

static bool is_there(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0;
}

/* The schema files of a path or pattern, in a context of their own, whose
 * memory out is in. */
static int read_files(const gen_cli *cli, const char *name, gen_list *readers,
                      mig_state *out)
{
    gen_cli files = *cli;
    int rc;

    files.ctx = gen_open(cli_memory());
    if (files.ctx == NULL) {
        cli_say("out of memory");
        return CLI_FAILED;
    }
    gen_list_push(cli->ctx, readers, files.ctx);
    files.args = &name;
    files.arg_count = 1;
    rc = cli_load(&files);
    return rc == CLI_FINE ? mig_state_of_files(files.ctx, out) : rc;
}

static int read_snapshot(const gen_cli *cli, const char *path, mig_state *out)
{
    gen_str text;
    int rc = mig_read_text(cli->ctx, path, &text);

    return rc == CLI_FINE
        ? mig_state_of_text(cli->ctx, gen_schema_of(cli->ctx)->target, path,
                            mig_settle(cli->ctx, text), out) : rc;
}

static int read_migration(const gen_cli *cli, const char *name,
                          mig_state *out)
{
    const mig_migration *m;
    mig_chain chain;
    int rc = mig_read_chain(cli, &chain);

    if (rc != CLI_FINE) return rc;
    if (chain.all.count == 0) {
        cli_say("`%s` is no schema file, no snapshot, and there are no "
                "migrations in %s", name, chain.dir.ptr);
        return CLI_USAGE;
    }
    m = mig_named(&chain, name);
    if (m == NULL) return CLI_USAGE;
    return mig_state_after(cli->ctx, m, mig_target(m), out);
}

static int read_side(const gen_cli *cli, const char *name, gen_list *readers,
                     mig_state *out)
{
    gen_buf inside;

    gen_buf_init(&inside, cli->ctx);
    gen_buf_add_fmt(&inside, "%s/schema.snap", name);
    if (ends(name, ".snap")) return read_snapshot(cli, name, out);
    if (is_there(inside.ptr)) return read_snapshot(cli, inside.ptr, out);
    if (strcmp(name, "-") == 0 || is_there(name) || strchr(name, '*') != NULL
        || strchr(name, '/') != NULL || ends(name, ".sg")
        || ends(name, ".surql")) {
        return read_files(cli, name, readers, out);
    }
    return read_migration(cli, name, out);
}

static int diff_two(const gen_cli *cli)
{
    gen_list readers = { NULL, 0, 0 };
    gen_list changes;
    mig_state a, b;
    size_t i;
    int rc = cli_set_target(cli);

    if (rc == CLI_FINE) rc = read_side(cli, cli->args[0], &readers, &a);
    if (rc == CLI_FINE) rc = read_side(cli, cli->args[1], &readers, &b);
    if (rc == CLI_FINE && !mig_diff(cli->ctx, &a, &b, &changes)) {
        cli_say("out of memory");
        rc = CLI_FAILED;
    }
    if (rc == CLI_FINE) rc = print_diff(cli, &b, &changes);
    for (i = 0; i < readers.count; i++) {
        gen_close((gen_ctx *)readers.at[i]);
    }
    return rc;
}

int verb_schema_diff(const gen_cli *cli)
{
    gen_list changes;
    mig_base b;
    int rc;

    if (cli->arg_count == 2) return diff_two(cli);
    if (cli->arg_count > 2) {
        cli_say("`schema diff` compares two: %zu are named. Name a folder, or "
                "a pattern in quotes, where a schema has many files",
                cli->arg_count);
        return CLI_USAGE;
    }
    memset(&b, 0, sizeof b);
    rc = mig_read_both(cli, 0, &b);
    if (rc != CLI_FINE) return rc;
    cli_print_diags(cli);
    if (!mig_diff(cli->ctx, &b.before, &b.after, &changes)) {
        cli_say("out of memory");
        return CLI_FAILED;
    }
    mig_keep_apart(&b.after, &changes);
    mig_tell_apart(&b.after);
    return print_diff(cli, &b.after, &changes);
}
