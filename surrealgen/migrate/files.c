/* surrealgen/migrate/files.c: one migration folder, read.
 *
 * up.surql begins with a header of comments:
 *
 *     -- surrealgen migration 1
 *     -- id:      20260801120000_add_post_slug
 *     -- parent:  20260714090000_init  3f9ac1d2
 *     -- target:  surrealdb >= 3.0
 *     -- up:      safe            down: lossy (post.slug)
 *     -- schema:  9c1e22ab
 *
 * The first number is that of the format. Behind the parent stands the
 * beginning of its checksum, behind `schema` that of schema.snap; a migration
 * without a parent says `none`. */
#include "migrate.h"

#include "../schema/front.h"
#include "files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ID_DIGITS = 14, HASH_SHOWN = 8, NAME_MAX_LEN = 120 };

const char *mig_class_word(mig_class class_)
{
    static const char *const words[] = {
        "exact", "safe", "may-fail", "lossy", "irreversible"
    };

    return words[class_];
}

/* ------------------------------------------------------------------ names */

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool mig_is_name(gen_str name)
{
    size_t i;

    for (i = 0; i < name.len; i++) {
        if (!is_name_char(name.ptr[i])) return false;
    }
    return name.len > 0 && name.len <= NAME_MAX_LEN && name.ptr[0] != '-';
}

bool mig_is_id(gen_str id)
{
    size_t i;

    if (id.len < ID_DIGITS + 2 || id.ptr[ID_DIGITS] != '_') return false;
    for (i = 0; i < ID_DIGITS; i++) {
        if (id.ptr[i] < '0' || id.ptr[i] > '9') return false;
    }
    return mig_is_name(gen_str_sub(id, ID_DIGITS + 1, id.len));
}

gen_str mig_short_hash(gen_ctx *ctx, gen_str checksum)
{
    const char *colon = (const char *)memchr(checksum.ptr, ':',
                                             checksum.len);
    size_t from = colon != NULL ? (size_t)(colon + 1 - checksum.ptr) : 0;
    size_t to = from + HASH_SHOWN;

    if (to > checksum.len) to = checksum.len;
    return gen_str_copy(ctx, checksum.ptr + from, to - from);
}

/* ---------------------------------------------------------------- reading */

/* A place in a file that is not there, or has no text. */
static gen_pos whole_file(gen_ctx *ctx, const char *path)
{
    gen_pos pos = { NULL, 0, 0, 0, 0 };
    gen_file *file;

    gen_add_beside(ctx, path, gen_str_lit(""), &file);
    pos.file = file;
    return pos;
}

static bool read_bytes(gen_ctx *ctx, const char *path, const char *what,
                       gen_str *out)
{
    FILE *from = fopen(path, "rb");
    int why = errno;
    char *bytes = NULL;
    size_t len = 0;
    gen_diag *diag;

    if (from != NULL) {
        errno = 0;
        bytes = cli_read_stream(from, &len);
        why = errno != 0 ? errno : ENOMEM;
        if (ferror(from) == 0 && bytes != NULL) {
            *out = gen_str_copy(ctx, bytes, len);
            free(bytes);
            fclose(from);
            return true;
        }
        free(bytes);
        fclose(from);
    }
    if (why == ENOENT) {
        diag = gen_error(ctx, SG803, whole_file(ctx, path),
                         "this file of the migration is missing");
        gen_fix(ctx, diag, "%s", what);
    } else {
        gen_error(ctx, SG804, whole_file(ctx, path), "cannot be read: %s",
                  strerror(why));
    }
    return false;
}

/* ----------------------------------------------------------------- header */

typedef struct header {
    gen_ctx *ctx;
    mig_migration *m;
} header;

static const mig_note *want_note(const header *h, const char *key,
                                 const char *example)
{
    const mig_note *note = mig_find_note(&h->m->up, key);
    gen_diag *diag;

    if (note != NULL && note->value.len > 0) return note;
    diag = gen_error(h->ctx, SG805, note != NULL ? note->pos
                     : mig_pos(&h->m->up, 0, 0),
                     note != NULL ? "`-- %s:` says nothing"
                     : "the header has no `-- %s:`", key);
    gen_fix(h->ctx, diag, "-- %s:  %s", key, example);
    if (note == NULL) {
        gen_note(h->ctx, diag, "the header ends with the first empty line");
    }
    return NULL;
}

/* The words of a text, at most max. */
static size_t words_of(gen_ctx *ctx, gen_str text, gen_str *out, size_t max)
{
    size_t count = 0;
    size_t i = 0;

    while (i < text.len && count < max) {
        size_t from;
        while (i < text.len && (text.ptr[i] == ' ' || text.ptr[i] == '\t'
                                || text.ptr[i] == ',')) i++;
        from = i;
        while (i < text.len && text.ptr[i] != ' ' && text.ptr[i] != '\t'
               && text.ptr[i] != ',') i++;
        if (i > from) out[count++] = gen_str_copy(ctx, text.ptr + from,
                                                  i - from);
    }
    return count;
}

static bool is_hash(gen_str text)
{
    size_t i;

    for (i = 0; i < text.len; i++) {
        if (strchr("0123456789abcdef", text.ptr[i]) == NULL) return false;
    }
    return text.len == HASH_SHOWN;
}

static void read_format(const header *h)
{
    const mig_note *note = mig_find_note(&h->m->up, "surrealgen");
    gen_diag *diag;

    if (note == NULL) {
        diag = gen_error(h->ctx, SG805, mig_pos(&h->m->up, 0, 0),
                         "expected the header `-- surrealgen migration 1`");
        gen_fix(h->ctx, diag, "`surrealgen migrate new NAME` writes a "
                "migration with its header");
    } else if (!gen_str_is(note->value, "migration 1")) {
        diag = gen_error(h->ctx, SG805, note->pos, "this is of another "
                         "format: `%s`, and not `migration 1`",
                         gen_clip(h->ctx, note->value));
        gen_fix(h->ctx, diag, "a newer surrealgen wrote it: use that one");
    }
}

static void read_id(const header *h)
{
    const mig_note *note = want_note(h, "id", h->m->id.ptr);
    gen_diag *diag;

    if (note == NULL || gen_str_eq(note->value, h->m->id)) return;
    diag = gen_error(h->ctx, SG806, note->pos, "the folder is `%s`",
                     h->m->id.ptr);
    gen_hint(h->ctx, diag, "and this says otherwise");
    gen_fix(h->ctx, diag, "the name of the folder is what counts and what "
            "databases remember: write it here, or name the folder as it "
            "was");
}

static void read_parent(const header *h)
{
    const mig_note *note = want_note(h, "parent", "none");
    gen_diag *diag;
    gen_str words[3];
    size_t count;

    if (note == NULL) return;
    count = words_of(h->ctx, note->value, words, 3);
    if (count == 1 && gen_str_is(words[0], "none")) return;
    if (count == 2 && is_hash(words[1]) && mig_is_id(words[0])) {
        h->m->parent = words[0];
        h->m->parent_hash = words[1];
        return;
    }
    diag = gen_error(h->ctx, SG816, note->pos, "expected the id of the parent "
                     "and 8 hex digits of its checksum, or `none`");
    gen_fix(h->ctx, diag, "`surrealgen migrate rebase` writes this line");
}

/* "surrealdb >= 3.0", "surrealdb 2.x", "3.0". */
static void read_target(const header *h)
{
    const mig_note *note = want_note(h, "target", "surrealdb >= 3.0");
    const char *s;

    if (note == NULL) return;
    s = note->value.ptr;
    if (strncmp(s, "surrealdb", 9) == 0) s += 9;
    while (*s == ' ' || *s == '>' || *s == '=') s++;
    if ((s[0] == '2' || s[0] == '3') && s[1] == '.'
        && ((s[2] >= '0' && s[2] <= '9') || s[2] == 'x')) {
        size_t len = 3;
        while (s[len] >= '0' && s[len] <= '9') len++;
        h->m->target = gen_str_copy(h->ctx, s, len);
        return;
    }
    gen_error(h->ctx, SG816, note->pos, "expected a version of SurrealDB, "
              "such as `surrealdb >= 3.0`");
}

/* "lossy (post.slug)"; false when the word is none. */
static bool read_class(const header *h, const char *text, mig_class *out,
                       gen_str *about)
{
    size_t len = strcspn(text, " \t(");
    const char *open = strchr(text, '(');
    int i;

    for (i = MIG_EXACT; i <= MIG_IRREVERSIBLE; i++) {
        const char *word = mig_class_word((mig_class)i);
        if (strlen(word) == len && memcmp(word, text, len) == 0) {
            *out = (mig_class)i;
            if (open != NULL && about != NULL) {
                *about = gen_str_copy(h->ctx, open + 1,
                                      strcspn(open + 1, ")"));
            }
            return true;
        }
    }
    return false;
}

/* "safe            down: lossy (post.slug)" */
static void read_classes(const header *h)
{
    const mig_note *up = mig_find_note(&h->m->up, "up");
    const mig_note *down = mig_find_note(&h->m->up, "down");
    const char *text = up != NULL ? strstr(up->value.ptr, "down:") : NULL;
    const mig_note *at = text != NULL ? up : down;
    bool fine = up == NULL || read_class(h, up->value.ptr, &h->m->up_class,
                                         NULL);

    if (text != NULL) {
        text += 5;
        while (*text == ' ' || *text == '\t') text++;
    } else if (down != NULL) {
        text = down->value.ptr;
    }
    if (!fine) at = up;
    if (fine && text != NULL) {
        fine = read_class(h, text, &h->m->down_class, &h->m->down_note);
    }
    if (fine) return;
    gen_error(h->ctx, SG816, at->pos, "expected exact, safe, may-fail, lossy "
              "or irreversible");
}

static void read_rest(const header *h)
{
    const mig_note *schema = mig_find_note(&h->m->up, "schema");
    const mig_note *phase = mig_find_note(&h->m->up, "phase");
    size_t i, k;

    if (schema != NULL && is_hash(schema->value)) {
        h->m->written_hash = schema->value;
    } else if (schema != NULL) {
        gen_error(h->ctx, SG816, schema->pos, "expected 8 hex digits of the "
                  "checksum of schema.snap");
    }
    if (phase != NULL && gen_str_is(phase->value, "contract")) {
        h->m->after_deploy = true;
    } else if (phase != NULL && !gen_str_is(phase->value, "expand")) {
        gen_error(h->ctx, SG816, phase->pos, "expected `expand` or "
                  "`contract`");
    }
    h->m->elidable = mig_find_note(&h->m->up, "elidable") != NULL;
    for (i = 0; i < h->m->up.notes.count; i++) {
        const mig_note *note = mig_note_at(&h->m->up.notes, i);
        gen_str *ids;
        size_t count;
        if (!gen_str_is(note->key, "replaces")) continue;
        ids = (gen_str *)gen_new(h->ctx, (note->value.len / 2 + 1)
                                         * sizeof *ids);
        count = words_of(h->ctx, note->value, ids, note->value.len / 2 + 1);
        for (k = 0; k < count; k++) {
            gen_name *name = (gen_name *)gen_new(h->ctx, sizeof *name);
            name->text = ids[k];
            name->pos = note->pos;
            gen_list_push(h->ctx, &h->m->replaces, name);
            if (mig_is_id(ids[k])) continue;
            gen_error(h->ctx, SG816, note->pos, "`%s` is no id of a "
                      "migration", gen_clip(h->ctx, ids[k]));
        }
    }
}

/* What is said once cannot be said again; `replaces` goes on and on. */
static void check_twice(const header *h)
{
    const gen_list *notes = &h->m->up.notes;
    size_t i, k;

    for (i = 0; i < notes->count; i++) {
        const mig_note *note = mig_note_at(notes, i);
        if (gen_str_is(note->key, "replaces") || gen_str_is(note->key, "step")
            || gen_str_is(note->key, "where")
            || gen_str_is(note->key, "sg-allow")) continue;
        for (k = 0; k < i; k++) {
            const mig_note *first = mig_note_at(notes, k);
            gen_diag *diag;
            if (!gen_str_eq(first->key, note->key)) continue;
            diag = gen_error(h->ctx, SG816, note->pos, "`-- %s:` stands "
                             "twice", note->key.ptr);
            gen_other(h->ctx, diag, first->pos, "here, too");
            break;
        }
    }
}

static void read_header(gen_ctx *ctx, mig_migration *m)
{
    header h;
    size_t before = gen_error_count(ctx);

    h.ctx = ctx;
    h.m = m;
    m->down_class = m->up_class = MIG_LOSSY;
    read_format(&h);
    /* Whatever is not ours has none of the lines. */
    if (gen_error_count(ctx) > before) return;
    read_id(&h);
    read_parent(&h);
    read_target(&h);
    read_classes(&h);
    read_rest(&h);
    check_twice(&h);
}

gen_version mig_target(const mig_migration *what)
{
    gen_version out = { 3, 0 };
    const char *s = what->target.ptr;

    if (what->target.len < 3) return out;
    out.major = s[0] - '0';
    /* 2.x is the last of them. */
    out.minor = s[2] == 'x' ? (out.major == 2 ? 6 : 0)
                            : (int)strtol(s + 2, NULL, 10);
    return out;
}

/* ----------------------------------------------------------------- folder */

const char *mig_path(gen_ctx *ctx, const char *dir, const char *name,
                     const char *more)
{
    gen_buf path;

    gen_buf_init(&path, ctx);
    gen_buf_add_fmt(&path, "%s/%s%s", dir, name, more);
    return path.ptr;
}

static bool read_script(gen_ctx *ctx, gen_str dir, const char *name,
                        const char *what, mig_script *out)
{
    const char *path = mig_path(ctx, dir.ptr, name, "");
    gen_str text;

    return read_bytes(ctx, path, what, &text)
        && mig_read_script(ctx, path, text, out);
}

/* A snapshot is read as text here; state.c knows what it means. */
static bool read_snapshot(gen_ctx *ctx, mig_migration *m)
{
    static const char head[] = MIG_SNAPSHOT_HEAD;
    const char *path = mig_path(ctx, m->dir.ptr, "schema.snap", "");
    gen_file *file;
    gen_str text;

    m->snap_path = gen_str_lit(path);
    if (!read_bytes(ctx, path, "it is the schema behind this migration: "
                       "take it from the history of the repository", &text)) {
        return false;
    }
    text = mig_settle(ctx, text);
    if (!gen_add_beside(ctx, path, text, &file)
        || !mig_check_marks(ctx, file)) return false;
    if (strncmp(text.ptr, head, sizeof head - 1) != 0) {
        gen_pos pos = { NULL, 0, 0, 1, 1 };
        gen_diag *diag;
        pos.file = file;
        diag = gen_error(ctx, SG818, pos, "expected a first line `%s...`",
                         head);
        gen_fix(ctx, diag, "take the file from the history of the "
                "repository");
        return false;
    }
    m->snapshot = text;
    return true;
}

gen_str mig_schema_hash(gen_ctx *ctx, mig_migration *m)
{
    if (m->schema_hash.len == 0) {
        m->schema_hash = mig_digest(ctx, m->snapshot);
    }
    return m->schema_hash;
}

static mig_migration *new_migration(gen_ctx *ctx, gen_str dir, gen_str id)
{
    mig_migration *m = (mig_migration *)gen_new(ctx, sizeof *m);
    gen_str none = gen_str_lit("");

    m->id = id;
    m->name = gen_str_sub(id, ID_DIGITS + 1, id.len);
    m->dir = gen_str_lit(mig_path(ctx, dir.ptr, id.ptr, ""));
    m->parent = m->parent_hash = m->checksum = m->target = none;
    m->schema_hash = m->snapshot = m->written_hash = m->down_note = none;
    m->up.irreversible = m->down.irreversible = none;
    return m;
}

mig_migration *mig_read_folder(gen_ctx *ctx, gen_str dir, gen_str id)
{
    mig_migration *m = new_migration(ctx, dir, id);

    if (read_script(ctx, m->dir, "up.surql", "a migration without statements "
                    "cannot be applied: write them, or remove the folder",
                    &m->up)) {
        read_header(ctx, m);
        m->checksum = mig_steps_checksum(ctx, &m->up.steps);
    }
    read_script(ctx, m->dir, "down.surql", "an empty file says that there is "
                "no way back; `-- irreversible: why` in it says why",
                &m->down);
    read_snapshot(ctx, m);
    if (m->down.is_empty) m->down_class = MIG_IRREVERSIBLE;
    return m;
}

/* How long the header at the beginning of a text is, in the form in which
 * surrealgen writes one: lines of comments, no step among them, and then an
 * empty line. 0: it has another form, or *more of the text is needed. */
static size_t plain_header(const gen_buf *text, bool *more)
{
    static const char first[] = "-- surrealgen migration 1\n";
    size_t at = 0;

    *more = text->len < sizeof first;
    if (*more || memcmp(text->ptr, first, sizeof first - 1) != 0) return 0;
    for (;;) {
        const char *line = text->ptr + at;
        const char *end = (const char *)memchr(line, '\n', text->len - at);
        if (end == line) return at;
        *more = end == NULL;
        if (*more || strncmp(line, "-- ", 3) != 0
            || strncmp(line, "-- step", 7) == 0) return 0;
        at = (size_t)(end + 1 - text->ptr);
    }
}

/* Empty: the file is not there, or its header has another form. */
static gen_str read_plain_header(gen_ctx *ctx, const char *path)
{
    FILE *from = fopen(path, "rb");
    bool more = from != NULL;
    size_t len = 0;
    gen_buf text;

    gen_buf_init(&text, ctx);
    while (more) {
        char piece[4096];
        size_t got = fread(piece, 1, sizeof piece, from);
        if (got == 0) break;
        gen_buf_add(&text, piece, got);
        len = plain_header(&text, &more);
    }
    if (from != NULL) fclose(from);
    return gen_str_copy(ctx, text.ptr, len);
}

mig_migration *mig_read_head(gen_ctx *ctx, gen_str dir, gen_str id)
{
    mig_migration *m = new_migration(ctx, dir, id);
    const char *path = mig_path(ctx, m->dir.ptr, "up.surql", "");
    gen_str text = read_plain_header(ctx, path);

    if (text.len == 0) return mig_read_folder(ctx, dir, id);
    m->is_head = true;
    if (mig_scan_script(ctx, path, text, &m->up)) read_header(ctx, m);
    return m;
}

mig_migration *mig_read_texts(gen_ctx *ctx, gen_str dir, gen_str id,
                              gen_str up, gen_str down)
{
    mig_migration *m = new_migration(ctx, dir, id);

    if (mig_scan_script(ctx, mig_path(ctx, m->dir.ptr, "up.surql", ""), up,
                        &m->up)) {
        read_header(ctx, m);
    }
    mig_scan_script(ctx, mig_path(ctx, m->dir.ptr, "down.surql", ""), down,
                    &m->down);
    if (m->down.is_empty) m->down_class = MIG_IRREVERSIBLE;
    return m;
}
