/* surrealgen/cli/output.c: what a run leaves behind: stdout and files. */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700 /* realpath; and POSIX.1-2008 */
#endif
#include "../schema/front.h"
#include "json.h"
#include "options.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <stdlib.h>

#if defined(_WIN32)
#include <direct.h>
#include <process.h>
#define cli_mkdir(path) _mkdir(path)
#define cli_pid() _getpid()
#else
#include <sys/stat.h>
#include <unistd.h>
#define cli_pid() getpid()
#define cli_mkdir(path) mkdir(path, 0777)
#endif

static bool has_written;

bool cli_write_stdout(const gen_buf *out)
{
    has_written = true;
    size_t put = out->len > 0 ? fwrite(out->ptr, 1, out->len, stdout) : 0;

    if (put == out->len && fflush(stdout) == 0) return true;
    cli_say("cannot write the output: %s", strerror(errno));
    return false;
}

void cli_close_report(const gen_cli *cli, int rc)
{
    const gen_list *diags = &cli->ctx->diags;
    const char *why = cli_said();
    cli_json json;
    gen_buf out;
    size_t i;

    if (has_written || !cli_has(cli->verb, CLI_REPORT)
        || strcmp(cli_text(cli, CLI_REPORT, "text"), "json") != 0) return;
    for (i = 0; *why == 0 && i < diags->count; i++) {
        const gen_diag *diag = (const gen_diag *)diags->at[i];
        if (rc != CLI_FINE && strcmp(gen_severity(diag), "error") == 0) {
            why = diag->message.ptr;
        }
    }
    gen_buf_init(&out, cli->ctx);
    cli_json_init(&json, &out, 2);
    cli_json_open(&json, '{');
    cli_json_key(&json, "exit");
    cli_json_int(&json, rc);
    if (*why != 0) {
        cli_json_key(&json, "message");
        cli_json_text(&json, why);
    }
    cli_json_close(&json, '}');
    gen_buf_add_char(&out, '\n');
    cli_write_stdout(&out);
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

/* The file a link leads to; a path that is none, as it is. */
static const char *real_path(gen_ctx *ctx, const char *path)
{
#if defined(_WIN32)
    (void)ctx;
#else
    char *real = realpath(path, NULL);

    if (real != NULL) {
        path = gen_str_copy(ctx, real, strlen(real)).ptr;
        free(real);
    }
#endif
    return path;
}

/* Whether it is there and no plain file: a pipe, a device, a folder. */
static bool is_special(const char *path)
{
#if defined(_WIN32)
    (void)path;
    return false;
#else
    struct stat st;

    return stat(path, &st) == 0 && !S_ISREG(st.st_mode);
#endif
}

/* The new file is as open to others as the old one was. */
static void keep_mode(const char *path, const char *temporary)
{
#if defined(_WIN32)
    (void)path;
    (void)temporary;
#else
    struct stat st;

    if (stat(path, &st) == 0) chmod(temporary, st.st_mode & 07777);
#endif
}

/* target: the file that is meant; path, how the user called it. */
static bool write_bytes(const char *path, const char *into,
                        const char *target, const char *bytes, size_t len)
{
    FILE *to = fopen(into, "wb");
    bool ok = to != NULL;
    int why = errno;

    if (ok && into != target) keep_mode(target, into);
    if (ok) {
        ok = fwrite(bytes, 1, len, to) == len;
        why = errno;
    }
    if (to != NULL && fclose(to) != 0 && ok) {
        ok = false;
        why = errno;
    }
    if (ok) return true;
    cli_say("cannot write %s: %s", path, strerror(why));
    if (to != NULL && into != target) remove(into);
    return false;
}

bool cli_stage_file(gen_ctx *ctx, const char *path, const char *bytes,
                    size_t len, const char **temporary)
{
    const char *target;
    gen_buf name;

    *temporary = NULL;
    /* What can only be written to is not read before. */
    if (is_special(path)) return write_bytes(path, path, path, bytes, len);
    if (cli_same_file(path, bytes, len)) return true;
    gen_buf_init(&name, ctx);
    make_directories(path, &name);
    target = real_path(ctx, path);
    name.len = 0;
    gen_buf_add_fmt(&name, "%s.%ld.tmp", target, (long)cli_pid());
    if (!write_bytes(path, name.ptr, target, bytes, len)) return false;
    *temporary = name.ptr;
    return true;
}

bool cli_commit_file(gen_ctx *ctx, const char *path, const char *temporary)
{
    if (temporary == NULL || rename(temporary, real_path(ctx, path)) == 0) {
        return true;
    }
    cli_say("cannot write %s: %s", path, strerror(errno));
    remove(temporary);
    return false;
}

bool cli_write_file(gen_ctx *ctx, const char *path, const char *bytes,
                    size_t len)
{
    const char *temporary;

    return cli_stage_file(ctx, path, bytes, len, &temporary)
        && cli_commit_file(ctx, path, temporary);
}
