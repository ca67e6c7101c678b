/* surrealgen/cli/source.c: how `include` gets at files.
 *
 * The front end opens nothing itself. What a pattern names is what it names
 * on a command line (walk.c), starting in the folder of the file it stands
 * in. */
#include "options.h"

#include "walk.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_absolute(const char *path)
{
    if (path[0] == '/' || path[0] == '\\') return true;
    return path[0] != 0 && path[1] == ':' && (path[0] | 32) >= 'a'
        && (path[0] | 32) <= 'z';
}

static void list_files(void *user, const char *from, const char *pattern,
                       void (*found)(void *arg, const char *path), void *arg)
{
    gen_ctx *ctx = (gen_ctx *)user;
    const char *slash = strrchr(from, '/');
    gen_list paths = { NULL, 0, 0 };
    gen_buf name;
    size_t i;

    gen_buf_init(&name, ctx);
    if (slash != NULL && !is_absolute(pattern)) {
        gen_buf_add(&name, from, (size_t)(slash - from) + 1);
    }
    gen_buf_add_text(&name, pattern);
    cli_find_files(ctx, name.ptr, &paths);
    for (i = 0; i < paths.count; i++) {
        found(arg, (const char *)paths.at[i]);
    }
}

static char *read_path(void *user, const char *path, size_t *len)
{
    FILE *from = fopen(path, "rb");
    char *bytes;
    int why;

    (void)user;
    if (from == NULL) return NULL;
    bytes = cli_read_stream(from, len);
    why = ferror(from) ? errno : 0;
    fclose(from);
    if (why == 0) return bytes;
    free(bytes);
    errno = why;
    return NULL;
}

void cli_set_source(gen_ctx *ctx)
{
    gen_source source;

    source.list = list_files;
    source.read = read_path;
    source.user = ctx;
    gen_set_source(ctx, &source);
}
