/* surrealgen/migrate/chain.c: all migrations of a folder, in order.
 *
 * The order is that of the parents, not of the names: two branches that were
 * made side by side show as two heads, and the later merge cannot slip in
 * front of what a database has already. Names decide only between migrations
 * that have nothing to do with one another. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L /* lstat */
#endif
#include "migrate.h"

#include "../schema/front.h"
#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

mig_migration *mig_at(const gen_list *list, size_t i)
{
    return (mig_migration *)list->at[i];
}

const mig_migration *mig_find_id(const mig_chain *chain, gen_str id)
{
    size_t i;

    for (i = chain->all.count; i > 0; i--) {
        const mig_migration *m = mig_at(&chain->all, i - 1);
        if (gen_str_eq(m->id, id)) return m;
    }
    return NULL;
}

/* ----------------------------------------------------------------- folder */

static int by_text(const void *a, const void *b)
{
    return strcmp((*(const gen_name *const *)a)->text.ptr,
                  (*(const gen_name *const *)b)->text.ptr);
}

/* Something in the folder that is no migration: of no concern, unless its name
 * begins like that of one, or it is a folder. */
static void tell_stray(gen_ctx *ctx, const char *path, gen_str name,
                       bool is_folder)
{
    gen_pos pos = { NULL, 0, 0, 0, 0 };
    gen_file *file;
    gen_diag *diag;

    if (!is_folder && strspn(name.ptr, "0123456789") < 8) return;
    gen_add_beside(ctx, path, gen_str_lit(""), &file);
    pos.file = file;
    if (is_folder) {
        diag = gen_error(ctx, SG802, pos, "the name of this folder is none of "
                         "a migration");
        gen_fix(ctx, diag, "migrations are called like "
                "20260801120000_add_post_slug: 14 digits, `_`, a name of "
                "letters, digits, `_` and `-`; keep other things elsewhere");
    } else {
        diag = gen_error(ctx, SG802, pos, "a migration is a folder, and this "
                         "is a file");
        gen_fix(ctx, diag, "`surrealgen migrate new NAME` makes one; put the "
                "statements into its up.surql");
    }
}

static void see_entry(gen_ctx *ctx, const char *dir, const char *entry,
                      bool report, gen_list *out)
{
    gen_name *name = (gen_name *)gen_new(ctx, sizeof *name);
    struct stat info;
    gen_buf path;
    bool is_folder;

    gen_buf_init(&path, ctx);
    gen_buf_add_fmt(&path, "%s/%s", dir, entry);
    is_folder = stat(path.ptr, &info) == 0 && S_ISDIR(info.st_mode);
    name->text = gen_str_copy(ctx, entry, strlen(entry));
    if (is_folder && mig_is_id(name->text)) {
        gen_list_push(ctx, out, name);
    } else if (report) {
        tell_stray(ctx, path.ptr, name->text, is_folder);
    }
}

int mig_list_ids(gen_ctx *ctx, const char *dir, bool report, gen_list *out)
{
    DIR *from = opendir(dir);
    const struct dirent *entry;

    if (from == NULL) {
        if (errno == ENOENT) return CLI_FINE;
        cli_say("cannot read the folder of migrations, %s: %s", dir,
                strerror(errno));
        return CLI_FAILED;
    }
    errno = 0;
    while ((entry = readdir(from)) != NULL) {
        if (entry->d_name[0] != '.') {
            see_entry(ctx, dir, entry->d_name, report, out);
        }
        errno = 0;
    }
    if (errno != 0) {
        cli_say("cannot read the folder of migrations, %s: %s", dir,
                strerror(errno));
        closedir(from);
        return CLI_FAILED;
    }
    closedir(from);
    if (out->count > 1) {
        qsort(out->at, out->count, sizeof *out->at, by_text);
    }
    return CLI_FINE;
}

/* ------------------------------------------------------------------ order */

/* The one of an id in a list sorted by id. */
static size_t find_sorted(const gen_list *list, gen_str id)
{
    size_t low = 0;
    size_t high = list->count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (strcmp(mig_at(list, mid)->id.ptr, id.ptr) < 0) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low < list->count && gen_str_eq(mig_at(list, low)->id, id)
        ? low : list->count;
}

static void tell_no_parent(gen_ctx *ctx, const gen_list *list,
                           const mig_migration *m)
{
    const mig_note *note = mig_find_note(&m->up, "parent");
    gen_diag *diag;
    gen_guess guess;
    size_t i;

    diag = gen_error(ctx, SG807, note->pos, "there is no migration `%s`",
                     gen_clip(ctx, m->parent));
    gen_hint(ctx, diag, "the parent");
    gen_guess_start(&guess, m->parent);
    for (i = 0; i < list->count; i++) {
        gen_guess_try(&guess, mig_at(list, i)->id);
    }
    if (guess.best.len > 0) {
        gen_fix(ctx, diag, "there is `%s`", guess.best.ptr);
    } else {
        gen_fix(ctx, diag, "bring the folder back from the history of the "
                "repository");
    }
}

/* What is left when no more have a parent that stands: a circle, and what
 * hangs on it. One of the circle itself is told. */
static void tell_circle(gen_ctx *ctx, const gen_list *list, const bool *placed)
{
    const mig_note *note;
    gen_diag *diag;
    size_t at = 0;
    size_t i;

    while (placed[at]) at++;
    for (i = 0; i < list->count; i++) {
        at = find_sorted(list, mig_at(list, at)->parent);
    }
    note = mig_find_note(&mig_at(list, at)->up, "parent");
    diag = gen_error(ctx, SG815, note->pos, "following the parents of `%s` "
                     "leads back to it", mig_at(list, at)->id.ptr);
    gen_fix(ctx, diag, "one `-- parent:` on that way was edited: take it from "
            "the history of the repository");
}

/* list is sorted by id. A migration whose parent is missing stands like one
 * without. */
static bool order(gen_ctx *ctx, const gen_list *list, gen_list *out)
{
    bool *placed = (bool *)gen_new(ctx, list->count + 1);
    size_t left = list->count;
    size_t before;
    size_t i;

    do {
        before = left;
        for (i = 0; i < list->count; i++) {
            mig_migration *m = mig_at(list, i);
            size_t parent = list->count;
            if (placed[i]) continue;
            if (m->parent.len > 0) parent = find_sorted(list, m->parent);
            if (parent < list->count && !placed[parent]) continue;
            placed[i] = true;
            left--;
            gen_list_push(ctx, out, m);
        }
    } while (left > 0 && left < before);
    if (left > 0) tell_circle(ctx, list, placed);
    return left == 0;
}

static void find_heads(gen_ctx *ctx, const gen_list *list, gen_list *heads)
{
    bool *is_parent = (bool *)gen_new(ctx, list->count + 1);
    size_t i;

    for (i = 0; i < list->count; i++) {
        const mig_migration *m = mig_at(list, i);
        if (m->parent.len == 0) continue;
        is_parent[find_sorted(list, m->parent)] = true;
    }
    for (i = 0; i < list->count; i++) {
        if (!is_parent[i]) gen_list_push(ctx, heads, mig_at(list, i));
    }
}

/* ---------------------------------------------------------------- reading */

bool mig_is_replaced(const gen_list *list, gen_str id)
{
    size_t i, k;

    for (i = 0; i < list->count; i++) {
        const gen_list *of = &mig_at(list, i)->replaces;
        for (k = 0; k < of->count; k++) {
            if (gen_str_eq(gen_name_at(of, k)->text, id)) return true;
        }
    }
    return false;
}

/* Folders that `migrate squash --keep` left are passed over. */
static void set_aside(gen_ctx *ctx, gen_list *list, gen_list *replaced)
{
    gen_list kept = { NULL, 0, 0 };
    bool any = false;
    size_t i;

    for (i = 0; i < list->count; i++) {
        any = any || mig_at(list, i)->replaces.count > 0;
    }
    for (i = 0; any && i < list->count; i++) {
        mig_migration *m = mig_at(list, i);
        if (mig_is_replaced(list, m->id)) {
            gen_name *name = (gen_name *)gen_new(ctx, sizeof *name);
            name->text = m->id;
            gen_list_push(ctx, replaced, name);
        } else {
            gen_list_push(ctx, &kept, m);
        }
    }
    if (any) *list = kept;
}

static int scan_chain(const gen_cli *cli, bool heads, mig_chain *out)
{
    gen_ctx *ctx = cli->ctx;
    const char *dir = cli_text(cli, CLI_MIGRATIONS, "migrations");
    size_t before = gen_error_count(ctx);
    gen_list names = { NULL, 0, 0 };
    gen_list list = { NULL, 0, 0 };
    size_t i;
    int rc;

    memset(out, 0, sizeof *out);
    out->ctx = ctx;
    out->dir = gen_str_copy(ctx, dir, strlen(dir));
    rc = mig_list_ids(ctx, dir, true, &names);
    if (rc != CLI_FINE) return rc;
    for (i = 0; i < names.count; i++) {
        gen_str id = gen_name_at(&names, i)->text;
        gen_list_push(ctx, &list, heads ? mig_read_head(ctx, out->dir, id)
                      : mig_read_folder(ctx, out->dir, id));
    }
    set_aside(ctx, &list, &out->replaced);
    for (i = 0; i < list.count; i++) {
        const mig_migration *m = mig_at(&list, i);
        if (m->parent.len > 0
            && find_sorted(&list, m->parent) == list.count) {
            tell_no_parent(ctx, &list, m);
        }
    }
    if (order(ctx, &list, &out->all)) find_heads(ctx, &list, &out->heads);
    return gen_error_count(ctx) > before ? CLI_SCHEMA : CLI_FINE;
}

/* Where migrations were kept by default there may be none yet; a folder that
 * somebody named and that is not there is a slip, or the wrong place to be. */
int mig_need_folder(const gen_cli *cli)
{
    const char *dir = cli_text(cli, CLI_MIGRATIONS, NULL);
    DIR *from = dir != NULL ? opendir(dir) : NULL;

    if (from != NULL) closedir(from);
    if (dir == NULL || from != NULL || errno != ENOENT) return CLI_FINE;
    cli_say("%s: there is no folder %s", cli->verb->name, dir);
    fputs("  help: --migrations DIR names it, or `migrations` in "
          "surrealgen.toml; `surrealgen\n        migrate generate NAME` "
          "makes it\n", stderr);
    return CLI_USAGE;
}

int mig_scan_chain(const gen_cli *cli, mig_chain *out)
{
    return scan_chain(cli, false, out);
}

int mig_read_chain(const gen_cli *cli, mig_chain *out)
{
    int rc = mig_scan_chain(cli, out);

    if (rc == CLI_SCHEMA) cli_print_diags(cli);
    return rc;
}

int mig_read_newest(const gen_cli *cli, mig_chain *out,
                    const mig_migration **newest)
{
    size_t before = gen_error_count(cli->ctx);
    int rc = scan_chain(cli, true, out);

    if (rc == CLI_SCHEMA) cli_print_diags(cli);
    if (rc == CLI_FINE) rc = mig_newest(out, newest);
    if (rc != CLI_FINE || *newest == NULL || !(*newest)->is_head) return rc;
    /* It stands in the lists already. */
    *mig_at(&out->heads, 0) = *mig_read_folder(cli->ctx, out->dir,
                                               (*newest)->id);
    if (gen_error_count(cli->ctx) == before) return CLI_FINE;
    cli_print_diags(cli);
    return CLI_SCHEMA;
}

/* ---------------------------------------------------------------- finding */

void mig_tell_heads(const mig_chain *chain)
{
    size_t i;

    for (i = 1; i < chain->heads.count; i++) {
        const mig_migration *first = mig_at(&chain->heads, 0);
        const mig_migration *m = mig_at(&chain->heads, i);
        gen_pos other = mig_pos(&first->up, 0, 0);
        gen_pos pos = mig_pos(&m->up, 0, 0);
        const mig_note *note = mig_find_note(&m->up, "parent");
        gen_diag *diag;
        if (note != NULL) pos = note->pos;
        note = mig_find_note(&first->up, "parent");
        if (note != NULL) other = note->pos;
        diag = gen_error(chain->ctx, SG801, pos, "two migrations are the "
                         "newest: `%s` and `%s`", first->id.ptr, m->id.ptr);
        gen_hint(chain->ctx, diag, "no other follows this one");
        gen_other(chain->ctx, diag, other, "nor this one");
        gen_fix(chain->ctx, diag, "two branches were merged: `surrealgen "
                "migrate rebase` puts the newer one behind the other");
    }
}

int mig_newest(const mig_chain *chain, const mig_migration **out)
{
    *out = NULL;
    if (chain->heads.count > 1) {
        gen_buf text;
        mig_tell_heads(chain);
        gen_buf_init(&text, chain->ctx);
        gen_print_diags(chain->ctx, &text, false);
        fwrite(text.ptr, 1, text.len, stderr);
        return CLI_SCHEMA;
    }
    if (chain->heads.count == 1) *out = mig_at(&chain->heads, 0);
    return CLI_FINE;
}

static bool starts_with(gen_str text, const char *with)
{
    size_t len = strlen(with);

    return text.len >= len && memcmp(text.ptr, with, len) == 0;
}

/* "head" or "head~2": how many back, or -1. */
static long head_offset(const char *text)
{
    char *end;
    long n;

    if (strncmp(text, "head", 4) != 0) return -1;
    if (text[4] == 0) return 0;
    if (text[4] != '~' || text[5] < '0' || text[5] > '9') return -1;
    n = strtol(text + 5, &end, 10);
    return *end == 0 ? n : -1;
}

static void say_which(const mig_chain *chain, const char *text,
                      const gen_list *found)
{
    size_t from = found->count > 10 ? found->count - 10 : 0;
    size_t i;

    if (chain->all.count == 0) {
        cli_say("no migration `%s`: %s holds none", text, chain->dir.ptr);
        return;
    }
    if (found == &chain->all) {
        cli_say("no migration is called `%s`; there %s:", text,
                found->count == 1 ? "is" : "are");
    } else {
        cli_say("`%s` may be %lu migrations:", text,
                (unsigned long)found->count);
    }
    if (from > 0) fprintf(stderr, "  ... %lu older\n", (unsigned long)from);
    for (i = from; i < found->count; i++) {
        fprintf(stderr, "  %s\n", mig_at(found, i)->id.ptr);
    }
}

static const mig_migration *back_from_head(const mig_chain *chain,
                                           const char *text, long back)
{
    const mig_migration *m;
    long left = back;

    if (mig_newest(chain, &m) != CLI_FINE) return NULL;
    while (m != NULL && left > 0) {
        m = mig_find_id(chain, m->parent);
        left--;
    }
    if (m == NULL) say_which(chain, text, &chain->all);
    return m;
}

const mig_migration *mig_named(const mig_chain *chain, const char *text)
{
    gen_list found = { NULL, 0, 0 };
    long back = head_offset(text);
    size_t i;

    if (back >= 0) return back_from_head(chain, text, back);
    for (i = 0; i < chain->all.count; i++) {
        mig_migration *m = mig_at(&chain->all, i);
        if (gen_str_is(m->id, text)) return m;
        if (text[0] != 0
            && (starts_with(m->id, text) || gen_str_is(m->name, text))) {
            gen_list_push(chain->ctx, &found, m);
        }
    }
    if (found.count == 1) return mig_at(&found, 0);
    say_which(chain, text, found.count > 1 ? &found : &chain->all);
    return NULL;
}
