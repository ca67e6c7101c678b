/* surrealgen/cli/outputs.c: files that are made together: all of them or none.
 *
 * Everything is made in memory first and written only when all of it is there,
 * so that an error never leaves one new file beside an old one. */
#include "outputs.h"

#include <stdio.h>
#include <string.h>

typedef struct output {
    gen_str path, bytes;
    const char *temporary;
} output;

bool cli_outputs_add(void *user, const char *path, const char *bytes,
                     size_t len)
{
    cli_outputs *all = (cli_outputs *)user;
    output *one = (output *)gen_new(all->ctx, sizeof *one);

    one->path = gen_str_copy(all->ctx, path, strlen(path));
    one->bytes = gen_str_copy(all->ctx, bytes, len);
    gen_list_push(all->ctx, &all->list, one);
    return true;
}

static output *output_at(const cli_outputs *all, size_t i)
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
void cli_outputs_depfile(const cli_outputs *all, const gen_list *inputs,
                         gen_buf *out)
{
    size_t i;

    for (i = 0; i < all->list.count; i++) {
        if (i > 0) gen_buf_add_char(out, ' ');
        make_path(out, output_at(all, i)->path.ptr);
    }
    gen_buf_add_char(out, ':');
    for (i = 0; i < inputs->count; i++) {
        gen_buf_add_text(out, " \\\n  ");
        make_path(out, (const char *)inputs->at[i]);
    }
    gen_buf_add_char(out, '\n');
    for (i = 0; i < inputs->count; i++) {
        gen_buf_add_char(out, '\n');
        make_path(out, (const char *)inputs->at[i]);
        gen_buf_add_text(out, ":\n");
    }
}

/* ---------------------------------------------------------------- the end */

/* Lists the files that are not what they should be. */
int cli_outputs_compare(const cli_outputs *all, const char *what)
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
    cli_say("%lu of %lu files differ from %s", (unsigned long)stale,
            (unsigned long)all->list.count, what);
    return CLI_FOUND;
}

int cli_outputs_print(const cli_outputs *all)
{
    gen_buf out;
    size_t i;

    gen_buf_init(&out, all->ctx);
    for (i = 0; i < all->list.count; i++) {
        gen_buf_add_str(&out, output_at(all, i)->bytes);
    }
    return cli_write_stdout(&out) ? CLI_FINE : CLI_FAILED;
}

/* No file is replaced before all of them are on the disk. */
int cli_outputs_write(const cli_outputs *all)
{
    bool ok = true;
    size_t i;

    for (i = 0; ok && i < all->list.count; i++) {
        output *one = output_at(all, i);
        ok = cli_stage_file(all->ctx, one->path.ptr, one->bytes.ptr,
                            one->bytes.len, &one->temporary);
    }
    for (i = 0; i < all->list.count; i++) {
        output *one = output_at(all, i);
        if (ok) {
            ok = cli_commit_file(all->ctx, one->path.ptr, one->temporary);
        } else if (one->temporary != NULL) {
            remove(one->temporary);
        }
    }
    return ok ? CLI_FINE : CLI_FAILED;
}
