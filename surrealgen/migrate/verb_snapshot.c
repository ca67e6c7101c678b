/* surrealgen/migrate/verb_snapshot.c: `migrate snapshot create|list|compare`.
 *
 * A snapshot is a schema.snap, which every migration has, or one that was
 * taken of a database under a name: migrations/.snapshots/NAME.snap. */
#include "../cli/json.h"
#include "../schema/front.h"
#include "drift.h"
#include "files.h"
#include "verb.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *path_of(gen_ctx *ctx, const mig_chain *chain,
                           const char *name, const char *end)
{
    gen_buf path;

    gen_buf_init(&path, ctx);
    gen_buf_add_fmt(&path, "%s/.snapshots%s%s%s", chain->dir.ptr,
                    name[0] != 0 ? "/" : "", name, end);
    return path.ptr;
}

static bool is_there(const char *path)
{
    FILE *from = fopen(path, "rb");

    if (from != NULL) fclose(from);
    return from != NULL;
}

/* ------------------------------------------------------------------- create */

static int create(const gen_cli *cli, const mig_chain *chain)
{
    const char *path;
    mig_state state;
    mig_live live;
    gen_buf text;
    int rc;

    if (cli->arg_count != 2 || !mig_is_name(gen_str_lit(cli->args[1]))) {
        cli_say("`migrate snapshot create` wants a name of letters, digits "
                "and `_`");
        return CLI_USAGE;
    }
    path = path_of(cli->ctx, chain, cli->args[1], ".snap");
    if (is_there(path)) {
        cli_say("%s is there already; take another name, or remove it", path);
        return CLI_REFUSED;
    }
    rc = mig_open_live(cli, &live);
    if (rc == CLI_FINE) rc = mig_read_live(cli, &live);
    if (rc == CLI_FINE) {
        rc = mig_state_of_live(cli->ctx, live.target, &live.what, &state);
    }
    mig_close_live(&live);
    if (rc != CLI_FINE) return rc;
    gen_buf_init(&text, cli->ctx);
    mig_print_snapshot(&state, &text);
    if (!cli_write_file(cli->ctx, path, text.ptr, text.len)) {
        return CLI_FAILED;
    }
    if (mig_wants_json(cli)) {
        cli_json json;
        text.len = 0;
        cli_json_init(&json, &text, 2);
        cli_json_open(&json, '{');
        cli_json_key(&json, "file");
        cli_json_text(&json, path);
        cli_json_key(&json, "definitions");
        cli_json_uint(&json, state.defs.count);
        cli_json_close(&json, '}');
        gen_buf_add_char(&text, '\n');
        return cli_write_stdout(&text) ? CLI_FINE : CLI_FAILED;
    }
    printf("%s: %lu definitions\n", path, (unsigned long)state.defs.count);
    return CLI_FINE;
}

/* --------------------------------------------------------------------- list */

typedef struct shot {
    gen_str name, hash;
    size_t count;
    bool captured;
} shot;

static void add_shot(gen_ctx *ctx, gen_list *out, gen_str name, gen_str text,
                     bool captured)
{
    shot *one = (shot *)gen_new(ctx, sizeof *one);
    size_t i;

    one->name = name;
    one->hash = mig_short_hash(ctx, mig_checksum(ctx, text));
    one->captured = captured;
    for (i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\n') one->count++;
    }
    if (one->count > 0) one->count--; /* the first line is no definition */
    gen_list_push(ctx, out, one);
}

static int by_name(const void *one, const void *two)
{
    return strcmp((*(const gen_name *const *)one)->text.ptr,
                  (*(const gen_name *const *)two)->text.ptr);
}

static int add_captured(const gen_cli *cli, const mig_chain *chain,
                        gen_list *out)
{
    gen_ctx *ctx = cli->ctx;
    DIR *from = opendir(path_of(ctx, chain, "", ""));
    const struct dirent *entry;
    gen_list names = { NULL, 0, 0 };
    size_t i;
    int rc = CLI_FINE;

    if (from == NULL) return CLI_FINE;
    while ((entry = readdir(from)) != NULL) {
        size_t len = strlen(entry->d_name);
        gen_name *name;
        if (len < 6 || strcmp(entry->d_name + len - 5, ".snap") != 0) {
            continue;
        }
        name = (gen_name *)gen_new(ctx, sizeof *name);
        name->text = gen_str_copy(ctx, entry->d_name, len - 5);
        gen_list_push(ctx, &names, name);
    }
    closedir(from);
    if (names.count > 1) {
        qsort(names.at, names.count, sizeof names.at[0], by_name);
    }
    for (i = 0; rc == CLI_FINE && i < names.count; i++) {
        gen_str name = gen_name_at(&names, i)->text;
        gen_str text;
        rc = mig_read_text(ctx, path_of(ctx, chain, name.ptr, ".snap"),
                           &text);
        if (rc == CLI_FINE) add_shot(ctx, out, name, text, true);
    }
    return rc;
}

static int list_all(const gen_cli *cli, const mig_chain *chain)
{
    gen_list shots = { NULL, 0, 0 };
    cli_json json;
    gen_buf out;
    size_t i;
    int rc;

    for (i = 0; i < chain->all.count; i++) {
        const mig_migration *m = mig_at(&chain->all, i);
        add_shot(cli->ctx, &shots, m->id, m->snapshot, false);
    }
    rc = add_captured(cli, chain, &shots);
    if (rc != CLI_FINE) return rc;
    gen_buf_init(&out, cli->ctx);
    cli_json_init(&json, &out, 2);
    if (mig_wants_json(cli)) cli_json_open(&json, '[');
    for (i = 0; i < shots.count; i++) {
        const shot *one = (const shot *)shots.at[i];
        if (!mig_wants_json(cli)) {
            gen_buf_add_fmt(&out, "%s  %zu definitions  %s%s\n",
                            one->hash.ptr, one->count, one->name.ptr,
                            one->captured ? "  (taken of a database)" : "");
            continue;
        }
        cli_json_open(&json, '{');
        cli_json_key(&json, "name");
        cli_json_str(&json, one->name);
        cli_json_key(&json, "hash");
        cli_json_str(&json, one->hash);
        cli_json_key(&json, "definitions");
        cli_json_uint(&json, one->count);
        cli_json_key(&json, "of");
        cli_json_text(&json, one->captured ? "database" : "migration");
        cli_json_close(&json, '}');
    }
    if (mig_wants_json(cli)) {
        cli_json_close(&json, ']');
        gen_buf_add_char(&out, '\n');
    }
    if (out.len > 0 && !cli_write_stdout(&out)) return CLI_FAILED;
    return CLI_FINE;
}

/* ------------------------------------------------------------------ compare */

/* A migration, something taken, or a file. */
static int text_of(const gen_cli *cli, const mig_chain *chain,
                   const char *name, gen_str *out)
{
    const char *path = path_of(cli->ctx, chain, name, ".snap");
    const mig_migration *m;

    if (mig_is_name(gen_str_lit(name)) && is_there(path)) {
        return mig_read_text(cli->ctx, path, out);
    }
    if (strchr(name, '/') != NULL || strchr(name, '.') != NULL) {
        return mig_read_text(cli->ctx, name, out);
    }
    m = mig_named(chain, name);
    if (m == NULL) return CLI_USAGE;
    *out = m->snapshot;
    return CLI_FINE;
}

/* Against the database that is named, the server's words are to be had. */
static int compare_live(const gen_cli *cli, gen_str ours, mig_differ *differ)
{
    mig_live live;
    int rc = mig_open_live(cli, &live);

    if (rc == CLI_FINE) rc = mig_read_live(cli, &live);
    if (rc == CLI_FINE) rc = mig_differ_from(&live, ours, differ);
    if (rc == CLI_FINE) rc = mig_tell_drift(differ, live.target);
    mig_close_live(&live);
    return rc;
}

static int compare(const gen_cli *cli, const mig_chain *chain)
{
    gen_version target;
    db_catalogue one;
    db_catalogue two;
    mig_differ differ;
    gen_buf title;
    gen_str a;
    gen_str b;
    int rc;

    if (cli->arg_count < 2 || cli->arg_count > 3) {
        cli_say("`migrate snapshot compare` wants two of them: a migration, a "
                "name of `snapshot create` or a file; one is compared with "
                "the database");
        return CLI_USAGE;
    }
    memset(&differ, 0, sizeof differ);
    differ.cli = cli;
    differ.ours_word = cli->args[1];
    gen_buf_init(&title, cli->ctx);
    gen_buf_add_fmt(&title, "the snapshot %s", cli->args[1]);
    differ.against = title.ptr;
    rc = text_of(cli, chain, cli->args[1], &a);
    if (rc != CLI_FINE) return rc;
    if (cli->arg_count == 2) return compare_live(cli, a, &differ);
    differ.theirs_word = cli->args[2];
    differ.how = MIG_SHADOW_NONE;
    target = gen_schema_of(cli->ctx)->target;
    rc = text_of(cli, chain, cli->args[2], &b);
    if (rc == CLI_FINE) rc = mig_catalogue_of(cli->ctx, target, a, &one);
    if (rc == CLI_FINE) rc = mig_catalogue_of(cli->ctx, target, b, &two);
    if (rc != CLI_FINE) return rc;
    mig_compare(cli->ctx, target, &one, &two, &differ.list);
    differ.objects = mig_sorted(cli->ctx, &two).count;
    return mig_tell_drift(&differ, target);
}

int verb_migrate_snapshot(const gen_cli *cli)
{
    const char *what = cli->arg_count > 0 ? cli->args[0] : "";
    mig_chain chain;
    int rc = cli_set_target(cli);

    if (rc == CLI_FINE) rc = mig_read_chain(cli, &chain);
    if (rc != CLI_FINE) return rc;
    if (strcmp(what, "create") == 0) return create(cli, &chain);
    if (strcmp(what, "list") == 0) return list_all(cli, &chain);
    if (strcmp(what, "compare") == 0) return compare(cli, &chain);
    cli_say("write `migrate snapshot create NAME`, `list` or `compare A B`");
    return CLI_USAGE;
}
