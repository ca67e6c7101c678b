/* surrealgen/cli/walk.c: which files a command line or a setting names.
 *
 * A name is a file, a folder (all .sg and .surql below it) or a pattern: `*`
 * and `?` within a name, `**` for any folders. Files come out sorted, each
 * once. Hidden files and folders are left out, and links to folders are not
 * followed: a link upwards would never end. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L /* lstat */
#endif
#include "walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#if defined(_WIN32)
#define lstat stat
#define S_ISLNK(mode) 0
#endif

enum { WALK_DEPTH = 64 };

typedef struct walk {
    gen_ctx *ctx;
    gen_list *out;
    const char *pattern; /* NULL: by the end of the name */
} walk;

static bool is_schema_name(const char *path)
{
    size_t len = strlen(path);

    return (len > 3 && strcmp(path + len - 3, ".sg") == 0)
        || (len > 6 && strcmp(path + len - 6, ".surql") == 0);
}

/* Where a match is tried again after a failure: behind one byte more for `*`,
 * one folder more for `**`. Of each only the last one met need be kept, since
 * what an earlier one can take, the later one can as well: no pattern takes
 * longer than its length times that of the path. */
typedef struct glob_again {
    const char *pattern, *path;
} glob_again;

static bool take_folder(glob_again *any)
{
    const char *slash = any->path != NULL ? strchr(any->path, '/') : NULL;

    any->path = slash != NULL ? slash + 1 : NULL;
    return slash != NULL;
}

static bool glob_match(const char *whole, const char *path)
{
    const char *pattern = whole;
    glob_again star = { NULL, NULL };
    glob_again folders = { NULL, NULL };

    for (;;) {
        if (strncmp(pattern, "**/", 3) == 0
            && (pattern == whole || pattern[-1] == '/')) {
            pattern += 3;
            folders.pattern = pattern;
            folders.path = path;
            star.path = NULL;
        } else if (*pattern == '*') {
            while (*pattern == '*') pattern++;
            star.pattern = pattern;
            star.path = path;
        } else if (*path != 0 && (*pattern == '?' ? *path != '/'
                                                  : *pattern == *path)) {
            if (*path == '/') star.path = NULL;
            pattern++;
            path++;
        } else if (*pattern == 0 && *path == 0) {
            return true;
        } else if (star.path != NULL && *star.path != 0
                   && *star.path != '/') {
            path = ++star.path;
            pattern = star.pattern;
        } else if (take_folder(&folders)) {
            path = folders.path;
            pattern = folders.pattern;
            star.path = NULL;
        } else {
            return false;
        }
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add(gen_ctx *ctx, gen_list *out, const char *path)
{
    size_t i;

    for (i = 0; i < out->count; i++) {
        if (strcmp((const char *)out->at[i], path) == 0) return;
    }
    gen_list_push(ctx, out,
                  (void *)(uintptr_t)gen_str_copy(ctx, path,
                                                  strlen(path)).ptr);
}

static void walk_folder(const walk *w, const char *folder, int depth)
{
    DIR *dir = opendir(folder[0] != 0 ? folder : ".");
    const struct dirent *entry;
    gen_buf path;

    if (dir == NULL) return;
    gen_buf_init(&path, w->ctx);
    while ((entry = readdir(dir)) != NULL) {
        size_t len = strlen(folder);
        struct stat info;
        if (entry->d_name[0] == '.') continue;
        path.len = 0;
        gen_buf_add_fmt(&path, "%s%s%s", folder,
                        len == 0 || folder[len - 1] == '/' ? "" : "/",
                        entry->d_name);
        if (lstat(path.ptr, &info) != 0) continue;
        if (S_ISDIR(info.st_mode)) {
            if (depth < WALK_DEPTH) {
                gen_str below = gen_str_copy(w->ctx, path.ptr, path.len);
                walk_folder(w, below.ptr, depth + 1);
            }
        } else if (w->pattern != NULL ? glob_match(w->pattern, path.ptr)
                                      : is_schema_name(path.ptr)) {
            /* A link may lead to a folder. */
            if (S_ISLNK(info.st_mode)
                && (stat(path.ptr, &info) != 0 || S_ISDIR(info.st_mode))) {
                continue;
            }
            add(w->ctx, w->out, path.ptr);
        }
    }
    closedir(dir);
}

bool cli_find_files(gen_ctx *ctx, const char *name, gen_list *out)
{
    walk w = { NULL, NULL, NULL };
    gen_list found = { NULL, 0, 0 };
    size_t wild = strcspn(name, "*?");
    struct stat info;
    size_t i;

    w.ctx = ctx;
    w.out = &found;
    if (stat(name, &info) == 0) {
        if (!S_ISDIR(info.st_mode)) {
            add(ctx, out, name);
            return true;
        }
        walk_folder(&w, name, 0);
    } else if (name[wild] == 0) {
        return false; /* errno says why */
    } else {
        gen_str base = gen_str_copy(ctx, name, wild);
        while (base.len > 0 && base.ptr[base.len - 1] != '/') base.len--;
        w.pattern = name;
        base = gen_str_copy(ctx, base.ptr, base.len);
        walk_folder(&w, base.ptr, 0);
    }
    if (found.count == 0) {
        errno = 0;
        return false;
    }
    qsort(found.at, found.count, sizeof *found.at, by_name);
    for (i = 0; i < found.count; i++) {
        add(ctx, out, (const char *)found.at[i]);
    }
    return true;
}
