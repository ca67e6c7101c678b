/* surrealgen/cli/generate.c: `generate`: C, and what make wants to know.
 *
 * Everything is emitted into memory first and written only when all of it is
 * there, so that an error in the schema never leaves one new file beside an
 * old one. */
#include "options.h"

#include <stdio.h>
#include <string.h>

typedef struct output {
    gen_str path, bytes;
    const char *temporary;
} output;

typedef struct outputs {
    gen_ctx *ctx;
    gen_list list; /* output */
} outputs;

static bool keep(void *user, const char *path, const char *bytes, size_t len)
{
    outputs *all = (outputs *)user;
    output *one = (output *)gen_new(all->ctx, sizeof *one);

    one->path = gen_str_copy(all->ctx, path, strlen(path));
    one->bytes = gen_str_copy(all->ctx, bytes, len);
    gen_list_push(all->ctx, &all->list, one);
    return true;
}

static void say_note(void *user, const char *text)
{
    (void)user;
    fprintf(stderr, "note: %s\n", text);
}

static output *output_at(const outputs *all, size_t i)
{
    return (output *)all->list.at[i];
}

/* ---------------------------------------------------------------- depfile */

/* A path as make reads it: `$` doubled, blanks and `#` behind a backslash,
 * and so are backslashes in front of them. */
static void make_path(gen_buf *out, const char *path)
{
    size_t i, k;

    for (i = 0; path[i] != 0; i++) {
        char c = path[i];
        if (c == '$') gen_buf_add_char(out, '$');
        if (c == ' ' || c == '\t' || c == '#') {
            for (k = i; k > 0 && path[k - 1] == '\\'; k--) {
                gen_buf_add_char(out, '\\');
            }
            gen_buf_add_char(out, '\\');
        }
        gen_buf_add_char(out, c);
    }
}

/* outputs: inputs, and a rule without a recipe for each input, so that make
 * does not stop when one is deleted. */
static void depfile(const gen_cli *cli, const outputs *all, gen_buf *out)
{
    const gen_list *files = &gen_schema_of(cli->ctx)->files;
    size_t i;

    for (i = 0; i < all->list.count; i++) {
        if (i > 0) gen_buf_add_char(out, ' ');
        make_path(out, output_at(all, i)->path.ptr);
    }
    gen_buf_add_char(out, ':');
    for (i = 0; i < files->count; i++) {
        gen_buf_add_text(out, " \\\n  ");
        make_path(out, gen_file_at(files, i)->name.ptr);
    }
    gen_buf_add_char(out, '\n');
    for (i = 0; i < files->count; i++) {
        gen_buf_add_char(out, '\n');
        make_path(out, gen_file_at(files, i)->name.ptr);
        gen_buf_add_text(out, ":\n");
    }
}

/* ------------------------------------------------------------------ verbs */

/* Lists the files that are not what they should be. */
static int compare(const outputs *all)
{
    size_t stale = 0;
    size_t i;

    for (i = 0; i < all->list.count; i++) {
        const output *one = output_at(all, i);
        if (cli_same_file(one->path.ptr, one->bytes.ptr, one->bytes.len)) {
            continue;
        }
        printf("%s\n", one->path.ptr);
        stale++;
    }
    if (stale == 0) return CLI_FINE;
    cli_say("%lu of %lu files differ from the schema; `surrealgen generate` "
            "writes them", (unsigned long)stale,
            (unsigned long)all->list.count);
    return CLI_FOUND;
}

static int print_all(gen_ctx *ctx, const outputs *all)
{
    gen_buf out;
    size_t i;

    gen_buf_init(&out, ctx);
    for (i = 0; i < all->list.count; i++) {
        gen_buf_add_str(&out, output_at(all, i)->bytes);
    }
    return cli_write_stdout(&out) ? CLI_FINE : CLI_FAILED;
}

/* No file is replaced before all of them are on the disk. */
static int write_all(gen_ctx *ctx, const outputs *all)
{
    bool ok = true;
    size_t i;

    for (i = 0; ok && i < all->list.count; i++) {
        output *one = output_at(all, i);
        ok = cli_stage_file(ctx, one->path.ptr, one->bytes.ptr,
                            one->bytes.len, &one->temporary);
    }
    for (i = 0; i < all->list.count; i++) {
        output *one = output_at(all, i);
        if (ok) {
            ok = cli_commit_file(ctx, one->path.ptr, one->temporary);
        } else if (one->temporary != NULL) {
            remove(one->temporary);
        }
    }
    return ok ? CLI_FINE : CLI_FAILED;
}

int verb_generate(const gen_cli *cli)
{
    int rc = cli_load(cli);
    outputs all = { NULL, { NULL, 0, 0 } };
    gen_emit_options how;

    if (rc != CLI_FINE) return rc;
    all.ctx = cli->ctx;
    how.ctx = cli->ctx;
    how.out_dir = cli_text(cli, CLI_OUT, ".");
    how.prefix = cli_text(cli, CLI_PREFIX, NULL);
    how.write = keep;
    how.note = say_note;
    how.user = &all;
    gen_emit_c(gen_schema_of(cli->ctx), &how);
    cli_print_diags(cli);
    rc = cli_verdict(cli);
    if (rc != CLI_FINE) return rc;
    if (cli_flag(cli, CLI_COMPARE)) return compare(&all);
    if (cli_flag(cli, CLI_STDOUT)) return print_all(cli->ctx, &all);
    if (cli_text(cli, CLI_DEPFILE, NULL) != NULL) {
        gen_buf out;
        gen_buf_init(&out, cli->ctx);
        depfile(cli, &all, &out);
        keep(&all, cli_text(cli, CLI_DEPFILE, NULL), out.ptr, out.len);
    }
    return write_all(cli->ctx, &all);
}
