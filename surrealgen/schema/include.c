/* surrealgen/schema/include.c: files that name other files.
 *
 * The front end opens nothing: the caller's gen_source lists and reads. What
 * is included is read in place of the `include`, so that its definitions come
 * before those that follow, and each file once however it is spelt. */
#include "front.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A path without `.` and with `..` taken back where that can be known. */
static gen_str plain_path(gen_ctx *ctx, gen_str path)
{
    gen_buf out;
    size_t i = 0;

    gen_buf_init(&out, ctx);
    if (path.len > 0 && path.ptr[0] == '/') gen_buf_add_char(&out, '/');
    while (i < path.len) {
        size_t from = i;
        size_t root = path.ptr[0] == '/';
        size_t cut;
        while (i < path.len && path.ptr[i] != '/') {
            i++;
        }
        cut = out.len;
        while (cut > root && out.ptr[cut - 1] != '/') {
            cut--;
        }
        if (i == from || (i - from == 1 && path.ptr[from] == '.')) {
            i++;
            continue;
        }
        if (i - from == 2 && memcmp(path.ptr + from, "..", 2) == 0
            && out.len > root && strcmp(out.ptr + cut, "..") != 0) {
            out.len = cut > root ? cut - 1 : root;
            out.ptr[out.len] = 0;
        } else {
            if (out.len > root) gen_buf_add_char(&out, '/');
            gen_buf_add(&out, path.ptr + from, i - from);
        }
        i++;
    }
    return gen_buf_str(&out);
}

/* False when a file of that path was read already. */
bool gen_file_is_new(gen_ctx *ctx, gen_str path)
{
    gen_str key = plain_path(ctx, path);

    if (gen_str_is(path, "<stdin>")) return true;
    if (gen_map_get(ctx, NULL, GEN_KEY_FILE, key) != NULL) return false;
    gen_map_set(ctx, NULL, GEN_KEY_FILE, key, ctx);
    return true;
}

/* Paths wait here while the caller lists: a jump out of its code would leave
 * its directories open. */
typedef struct found {
    struct found *next;
    size_t size;
    char path[1];
} found;

typedef struct finder {
    gen_ctx *ctx;
    found *first;
    found **last;
    bool failed;
} finder;

static void take_path(void *arg, const char *path)
{
    finder *f = (finder *)arg;
    size_t size = sizeof(found) + strlen(path);
    found *item;

    if (f->failed) return;
    item = (found *)f->ctx->memory.grow(f->ctx->memory.user, size);
    if (item == NULL) {
        f->failed = true;
        return;
    }
    item->next = NULL;
    item->size = size;
    memcpy(item->path, path, strlen(path) + 1);
    *f->last = item;
    f->last = &item->next;
}

/* The paths of the pattern as gen_name, in the arena. */
static void find_files(gen_ctx *ctx, const char *from, gen_str pattern,
                       gen_list *paths)
{
    finder f = { NULL, NULL, NULL, false };
    size_t bytes = 64;
    found *item;

    f.ctx = ctx;
    f.last = &f.first;
    ctx->source.list(ctx->source.user, from, pattern.ptr, take_path, &f);
    for (item = f.first; item != NULL; item = item->next) {
        bytes += item->size + 96 + sizeof(gen_name);
    }
    /* From here to the copies nothing may jump. */
    if (!f.failed) f.failed = !gen_reserve(ctx, bytes);
    while (f.first != NULL) {
        item = f.first;
        f.first = item->next;
        if (!f.failed) {
            gen_name *name = (gen_name *)gen_new(ctx, sizeof *name);
            name->text = gen_str_copy(ctx, item->path, strlen(item->path));
            gen_list_push(ctx, paths, name);
        }
        ctx->memory.drop(ctx->memory.user, item, item->size);
    }
    if (f.failed) gen_die_no_memory(ctx);
}

static void read_one(gen_parser *p, gen_str path, gen_pos pos)
{
    gen_ctx *ctx = p->ctx;
    gen_diag *diag;
    char *bytes;
    size_t len = 0;
    bool room;
    gen_str text = { "", 0 };

    if (!gen_file_is_new(ctx, path)) return;
    errno = 0;
    bytes = ctx->source.read(ctx->source.user, path.ptr, &len);
    if (bytes == NULL) {
        diag = gen_error(ctx, SG1116, pos, "cannot read `%s`",
                         gen_clip(ctx, path));
        if (errno != 0) gen_hint(ctx, diag, "%s", strerror(errno));
        return;
    }
    room = len > GEN_MAX_FILE || gen_reserve(ctx, len + 64);
    if (room && len <= GEN_MAX_FILE) text = gen_str_copy(ctx, bytes, len);
    free(bytes);
    if (!room) gen_die_no_memory(ctx);
    gen_add_file(ctx, path, text, len, p->file->depth + 1);
}

/* A folder may have no file yet: what a pattern does not find is a warning,
 * for it may also be misspelt. */
static void no_files(gen_parser *p, gen_str pattern, gen_pos pos)
{
    bool wild = memchr(pattern.ptr, '*', pattern.len) != NULL
        || memchr(pattern.ptr, '?', pattern.len) != NULL;
    gen_diag *diag;

    if (wild) {
        diag = gen_warn(p->ctx, SG1121, pos, "no file fits `%s`",
                        gen_clip(p->ctx, pattern));
    } else {
        diag = gen_fail(p, SG1115, pos, "no file is called `%s`",
                        gen_clip(p->ctx, pattern));
    }
    gen_note(p->ctx, diag, "the path starts in the folder of the file it is "
             "written in");
}

/* include = "include" , string , ";" ; */
void gen_parse_include(gen_parser *p)
{
    gen_list paths = { NULL, 0, 0 };
    gen_str pattern;
    gen_pos pos;
    size_t i;

    gen_next(p);
    pos = gen_here(p);
    if (gen_now(p)->kind != GEN_TOK_STRING) {
        gen_expected(p, "the files to include, as a string");
        return;
    }
    pattern = gen_unquote(p->ctx, gen_text(p));
    gen_next(p);
    if (!gen_want_end(p)) return;
    p->recovered = true; /* the `;` is taken: nothing is left to skip */
    if (p->ctx->source.list == NULL) {
        gen_fail(p, SG1115, pos, "files cannot be included here");
        return;
    }
    if (p->file->depth == GEN_MAX_DEPTH) {
        gen_fail(p, SG1004, pos, "files include each other more than %d deep "
                 "here", GEN_MAX_DEPTH);
        return;
    }
    if (memchr(pattern.ptr, 0, pattern.len) == NULL) {
        find_files(p->ctx, p->file->name.ptr, pattern, &paths);
    }
    if (paths.count == 0) {
        no_files(p, pattern, pos);
    }
    for (i = 0; i < paths.count; i++) {
        read_one(p, gen_name_at(&paths, i)->text, pos);
    }
}
