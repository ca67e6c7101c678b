/* surrealgen/cli/output.c: what a run leaves behind: stdout and files. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L /* mkdir */
#endif
#include "options.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#if defined(_WIN32)
#include <direct.h>
#define cli_mkdir(path) _mkdir(path)
#else
#include <sys/stat.h>
#define cli_mkdir(path) mkdir(path, 0777)
#endif

bool cli_write_stdout(const gen_buf *out)
{
    size_t put = out->len > 0 ? fwrite(out->ptr, 1, out->len, stdout) : 0;

    if (put == out->len && fflush(stdout) == 0) return true;
    cli_say("cannot write the output: %s", strerror(errno));
    return false;
}

bool cli_same_file(const char *path, const char *bytes, size_t len)
{
    FILE *from = fopen(path, "rb");
    size_t at = 0;
    bool same = true;
    char part[4096];

    if (from == NULL) return false;
    while (same) {
        size_t got = fread(part, 1, sizeof part, from);
        if (got == 0) break;
        same = got <= len - at && memcmp(part, bytes + at, got) == 0;
        at += got;
    }
    same = same && ferror(from) == 0;
    fclose(from);
    return same && at == len;
}

/* Make the directories a path leads through. One that exists is fine, and one
 * that cannot be made is reported by whoever opens the file in it. */
static void make_directories(const char *path, gen_buf *part)
{
    size_t i;

    for (i = 1; path[i] != 0; i++) {
        if (path[i] != '/') continue;
        part->len = 0;
        gen_buf_add(part, path, i);
        cli_mkdir(part->ptr);
    }
}

bool cli_stage_file(gen_ctx *ctx, const char *path, const char *bytes,
                    size_t len, const char **temporary)
{
    gen_buf name;
    FILE *to;
    bool ok;
    int why;

    *temporary = NULL;
    if (cli_same_file(path, bytes, len)) return true;
    gen_buf_init(&name, ctx);
    make_directories(path, &name);
    name.len = 0;
    gen_buf_add_fmt(&name, "%s.tmp", path);
    to = fopen(name.ptr, "wb");
    ok = to != NULL && fwrite(bytes, 1, len, to) == len;
    why = errno;
    if (to != NULL && fclose(to) != 0 && ok) {
        ok = false;
        why = errno;
    }
    if (!ok) {
        cli_say("cannot write %s: %s", path, strerror(why));
        if (to != NULL) remove(name.ptr);
        return false;
    }
    *temporary = name.ptr;
    return true;
}

bool cli_commit_file(const char *path, const char *temporary)
{
    if (temporary == NULL || rename(temporary, path) == 0) return true;
    cli_say("cannot write %s: %s", path, strerror(errno));
    remove(temporary);
    return false;
}

bool cli_write_file(gen_ctx *ctx, const char *path, const char *bytes,
                    size_t len)
{
    const char *temporary;

    return cli_stage_file(ctx, path, bytes, len, &temporary)
        && cli_commit_file(path, temporary);
}
