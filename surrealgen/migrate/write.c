/* surrealgen/migrate/write.c: a migration folder, written.
 *
 * The three files are written into a hidden folder beside the place, and that
 * is renamed: a full disk or a run that is stopped leaves no half migration.
 * Meanwhile the folder of migrations is locked by the kernel, which lets go
 * when the process ends, however it ends; what an earlier run left hidden is
 * then nobody's and goes. Under the lock the folder is listed again: whoever
 * was second to write a migration finds that its parent is no longer the
 * newest, and writes nothing. */
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE 1 /* flock */
#endif
#include "migrate.h"

#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if defined(_WIN32)
#include <direct.h>
#define mig_mkdir(path) _mkdir(path)
#define mig_rmdir(path) _rmdir(path)
#else
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#define mig_mkdir(path) mkdir(path, 0777)
#define mig_rmdir(path) rmdir(path)
#endif

#define MIG_TEMPORARY ".new-"

static const char *const file_names[] = {
    "up.surql", "down.surql", "schema.snap", NULL
};

/* -------------------------------------------------------------------- ids */

/* 20260801120000, of the clock or of SOURCE_DATE_EPOCH. */
static uint64_t digits_of_now(void)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    time_t now = time(NULL);
    const struct tm *tm;

    if (epoch != NULL && epoch[0] != 0) {
        now = (time_t)strtoll(epoch, NULL, 10);
    }
    tm = gmtime(&now);
    if (tm == NULL) return 0;
    return (uint64_t)(tm->tm_year + 1900) * UINT64_C(10000000000)
        + (uint64_t)(tm->tm_mon + 1) * 100000000
        + (uint64_t)tm->tm_mday * 1000000 + (uint64_t)tm->tm_hour * 10000
        + (uint64_t)tm->tm_min * 100 + (uint64_t)tm->tm_sec;
}

int mig_new_id(const mig_chain *chain, const char *name, gen_str *out)
{
    uint64_t digits = digits_of_now();
    char text[24];
    gen_buf id;
    size_t i;

    if (!mig_is_name(gen_str_lit(name))) {
        cli_say("`%s` is no name for a migration: write letters, digits and "
                "`_`, such as add_post_slug", name);
        return CLI_USAGE;
    }
    /* A clock that was set back must not put the new one in front. */
    for (i = 0; i < chain->all.count; i++) {
        uint64_t there = strtoull(mig_at(&chain->all, i)->id.ptr, NULL, 10);
        if (there >= digits) digits = there + 1;
    }
    snprintf(text, sizeof text, "%014llu", (unsigned long long)digits);
    gen_buf_init(&id, chain->ctx);
    gen_buf_add_fmt(&id, "%s_%s", text, name);
    out->ptr = id.ptr;
    out->len = id.len;
    return CLI_FINE;
}

void mig_add_header(gen_buf *out, const mig_files *what, mig_class up,
                    mig_class down, const char *down_note)
{
    gen_str hash = mig_short_hash(out->ctx, mig_digest(out->ctx,
                                                       what->snapshot));

    gen_buf_add_text(out, "-- surrealgen migration 1\n");
    gen_buf_add_fmt(out, "-- id:      %s\n", what->id.ptr);
    if (what->parent.len > 0) {
        gen_buf_add_fmt(out, "-- parent:  %s  %s\n", what->parent.ptr,
                        mig_short_hash(out->ctx, what->parent_hash).ptr);
    } else {
        gen_buf_add_text(out, "-- parent:  none\n");
    }
    gen_buf_add_fmt(out, "-- target:  surrealdb >= %s\n", what->target.ptr);
    gen_buf_add_fmt(out, "-- up:      %-15s down: %s", mig_class_word(up),
                    mig_class_word(down));
    if (down_note != NULL && down_note[0] != 0) {
        gen_buf_add_fmt(out, " (%s)", down_note);
    }
    gen_buf_add_fmt(out, "\n-- schema:  %s\n", hash.ptr);
}

/* ---------------------------------------------------------------- writing */

/* What is being written, and how far that is. */
typedef struct writing {
    gen_ctx *ctx;
    const char *dir, *temporary, *final_;
    int lock; /* -1: none */
    bool made_dir;
} writing;

/* The folders a path leads through, and it. */
static bool make_folders(writing *w)
{
    gen_buf part;
    size_t i;

    gen_buf_init(&part, w->ctx);
    for (i = 1; w->dir[i] != 0; i++) {
        if (w->dir[i] != '/') continue;
        part.len = 0;
        gen_buf_add(&part, w->dir, i);
        mig_mkdir(part.ptr);
    }
    if (mig_mkdir(w->dir) == 0) {
        w->made_dir = true;
    } else if (errno != EEXIST) {
        cli_say("cannot make the folder %s: %s", w->dir, strerror(errno));
        return false;
    }
    return true;
}

static bool take_lock(writing *w)
{
#if !defined(_WIN32)
    w->lock = open(w->dir, O_RDONLY);
    if (w->lock < 0) {
        cli_say("cannot read the folder of migrations, %s: %s", w->dir,
                strerror(errno));
        return false;
    }
    /* Where the file system has no locks there is one writer at a time. */
    while (flock(w->lock, LOCK_EX) != 0 && errno == EINTR) {}
#endif
    return true;
}

static void drop_lock(writing *w)
{
#if !defined(_WIN32)
    if (w->lock >= 0) close(w->lock);
    w->lock = -1;
#else
    (void)w;
#endif
}

static void remove_folder(gen_ctx *ctx, const char *path)
{
    size_t i;

    for (i = 0; file_names[i] != NULL; i++) {
        remove(mig_path(ctx, path, file_names[i], ""));
    }
    mig_rmdir(path);
}

/* What earlier runs did not come to rename. */
static void remove_left(const writing *w)
{
    DIR *from = opendir(w->dir);
    const struct dirent *entry;

    if (from == NULL) return;
    while ((entry = readdir(from)) != NULL) {
        if (strncmp(entry->d_name, MIG_TEMPORARY,
                    sizeof MIG_TEMPORARY - 1) != 0) continue;
        remove_folder(w->ctx, mig_path(w->ctx, w->dir, entry->d_name, ""));
    }
    closedir(from);
}

static bool write_file(const writing *w, const char *name, gen_str text)
{
    const char *path = mig_path(w->ctx, w->temporary, name, "");
    FILE *to = fopen(path, "wb");
    bool ok = to != NULL
        && (text.len == 0 || fwrite(text.ptr, 1, text.len, to) == text.len)
        && fflush(to) == 0;
    int why = errno;

#if !defined(_WIN32)
    if (ok && fsync(fileno(to)) != 0 && errno != EINVAL) {
        ok = false;
        why = errno;
    }
#endif
    if (to != NULL && fclose(to) != 0 && ok) {
        ok = false;
        why = errno;
    }
    if (!ok) {
        cli_say("cannot write %s/%s: %s; nothing was written", w->final_,
                name, strerror(why));
    }
    return ok;
}

static bool is_set_aside(const mig_chain *chain, gen_str id)
{
    size_t i;

    for (i = 0; i < chain->replaced.count; i++) {
        if (gen_str_eq(gen_name_at(&chain->replaced, i)->text, id)) {
            return true;
        }
    }
    return false;
}

/* False when the folder is no longer what was read. */
static int check_same(const writing *w, const mig_chain *chain)
{
    gen_list names = { NULL, 0, 0 };
    size_t i;
    int rc = mig_list_ids(w->ctx, w->dir, false, &names);

    if (rc != CLI_FINE) return rc;
    for (i = 0; i < names.count; i++) {
        gen_str id = gen_name_at(&names, i)->text;
        if (mig_find_id(chain, id) != NULL || is_set_aside(chain, id)) {
            continue;
        }
        cli_say("%s was written meanwhile by another run, so that this one "
                "would not be the newest; nothing was written, run it again",
                id.ptr);
        return CLI_LOCKED;
    }
    return CLI_FINE;
}

static int write_locked(const writing *w, const mig_chain *chain,
                        const mig_files *what)
{
    int rc = check_same(w, chain);

    if (rc != CLI_FINE) return rc;
    remove_left(w);
    if (mig_mkdir(w->temporary) != 0) {
        cli_say("cannot make the folder %s: %s; nothing was written",
                w->final_, strerror(errno));
        return CLI_FAILED;
    }
    if (write_file(w, file_names[0], what->up)
        && write_file(w, file_names[1], what->down)
        && write_file(w, file_names[2], what->snapshot)) {
        if (rename(w->temporary, w->final_) == 0) {
#if !defined(_WIN32)
            fsync(w->lock); /* the entry of the folder, too */
#endif
            return CLI_FINE;
        }
        cli_say("cannot make the folder %s: %s; nothing was written",
                w->final_, strerror(errno));
    }
    remove_folder(w->ctx, w->temporary);
    return CLI_FAILED;
}

int mig_write(const gen_cli *cli, const mig_chain *chain,
              const mig_files *what)
{
    writing w;
    int rc = CLI_FAILED;

    memset(&w, 0, sizeof w);
    w.ctx = cli->ctx;
    w.dir = chain->dir.ptr;
    w.final_ = mig_path(w.ctx, w.dir, what->id.ptr, "");
    w.temporary = mig_path(w.ctx, w.dir, MIG_TEMPORARY, what->id.ptr);
    w.lock = -1;
    if (make_folders(&w) && take_lock(&w)) {
        rc = write_locked(&w, chain, what);
    }
    if (rc != CLI_FINE && w.made_dir) mig_rmdir(w.dir);
    drop_lock(&w);
    return rc;
}
