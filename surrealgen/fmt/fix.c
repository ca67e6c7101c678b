/* surrealgen/fmt/fix.c: mending what a diagnostic knows how to mend.
 *
 * The edits stand in the diagnostics, put there where they are reported. One
 * pass applies those of the codes asked for and reads the result again, since
 * a statement tells only its first old form at a time. A pass that would
 * make a new error is taken apart, and the edits that make it stay out. */
#include "fmt.h"

#include <stdlib.h>
#include <string.h>

enum { PASSES = 1000 };

static int by_place(const void *a, const void *b)
{
    const gen_edit *x = *(const gen_edit *const *)a;
    const gen_edit *y = *(const gen_edit *const *)b;

    return x->pos.off < y->pos.off ? -1 : x->pos.off > y->pos.off;
}

/* "all", or the code itself between commas. */
static bool wanted(const char *codes, const char *code)
{
    size_t len = strlen(code);

    if (strcmp(codes, "all") == 0) return true;
    while (*codes != 0) {
        size_t word = strcspn(codes, ", ");
        if (word == len && memcmp(codes, code, len) == 0) return true;
        codes += word;
        codes += strspn(codes, ", ");
    }
    return false;
}

/* Errors of the form hide those of the meaning: they are mended first, and
 * what shows then is not new. */
static bool is_form(const gen_diag *diag)
{
    return strncmp(diag->code_text, "SG10", 4) == 0
        || strncmp(diag->code_text, "SG11", 4) == 0
        || strcmp(diag->code_text, "SG406") == 0;
}

/* The edits of the first `most` diagnostics after `skip` that have some, and
 * how many these are. */
static size_t collect(gen_ctx *ctx, const char *codes, size_t skip,
                      size_t most, gen_list *edits)
{
    const gen_file *file = gen_file_at(&ctx->schema.files, 0);
    bool form = false;
    size_t count = 0;
    size_t i, k;

    for (i = 0; i < ctx->diags.count; i++) {
        const gen_diag *diag = (const gen_diag *)ctx->diags.at[i];
        form = form || (is_form(diag) && diag->edits.count > 0 && skip == 0
                        && wanted(codes, diag->code_text));
    }

    for (i = 0; i < ctx->diags.count && count < most; i++) {
        const gen_diag *diag = (const gen_diag *)ctx->diags.at[i];
        if (diag->edits.count == 0 || diag->pos.file != file
            || !wanted(codes, diag->code_text)
            || (form && !is_form(diag))) continue;
        if (skip > 0) {
            skip--;
            continue;
        }
        count++;
        for (k = 0; k < diag->edits.count; k++) {
            gen_list_push(ctx, edits, diag->edits.at[k]);
        }
    }
    if (edits->count > 1) {
        qsort(edits->at, edits->count, sizeof *edits->at, by_place);
    }
    return count;
}

/* Edits that would overlap wait for the next pass. */
static gen_str apply(gen_ctx *ctx, const gen_file *file,
                     const gen_list *edits)
{
    gen_buf out;
    size_t at = 0;
    size_t i;

    gen_buf_init(&out, ctx);
    for (i = 0; i < edits->count; i++) {
        const gen_edit *edit = (const gen_edit *)edits->at[i];
        if (edit->pos.off < at) continue;
        gen_buf_add(&out, file->text.ptr + at, edit->pos.off - at);
        gen_buf_add_str(&out, edit->text);
        at = edit->pos.off + edit->pos.len;
    }
    gen_buf_add(&out, file->text.ptr + at, file->text.len - at);
    return gen_buf_str(&out);
}

static gen_ctx *reread(const gen_ctx *old, const char *name, gen_str text)
{
    gen_ctx *ctx = gen_open(&old->memory);

    if (ctx == NULL) return NULL;
    if (old->target_fixed) gen_set_target(ctx, old->schema.target);
    gen_set_source(ctx, &old->source);
    gen_set_max_diags(ctx, SIZE_MAX);
    if (gen_add_text(ctx, name, text.ptr, text.len) == GEN_NO_MEMORY
        || gen_finish(ctx) == GEN_NO_MEMORY) {
        gen_close(ctx);
        return NULL;
    }
    return ctx;
}

static size_t count_code(const gen_ctx *ctx, const char *code)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < ctx->diags.count; i++) {
        const gen_diag *diag = (const gen_diag *)ctx->diags.at[i];
        count += !diag->warning && strcmp(diag->code_text, code) == 0;
    }
    return count;
}

static bool hides_more(const gen_ctx *ctx)
{
    size_t i;

    for (i = 0; i < ctx->diags.count; i++) {
        if (is_form((const gen_diag *)ctx->diags.at[i])) return true;
    }
    return false;
}

/* An error nobody can mend that was not there before. */
static bool is_worse(const gen_ctx *was, const gen_ctx *now)
{
    size_t i;

    if (now == NULL) return true;
    if (hides_more(was) && !hides_more(now)) return false;
    for (i = 0; i < now->diags.count; i++) {
        const gen_diag *diag = (const gen_diag *)now->diags.at[i];
        if (diag->warning || diag->edits.count > 0) continue;
        if (count_code(now, diag->code_text)
            > count_code(was, diag->code_text)) return true;
    }
    return false;
}

typedef struct fixer {
    gen_ctx *home, *ctx; /* the caller's, and that of the text so far */
    const char *name, *codes;
    gen_buf *out;
} fixer;

/* One step with at most `most` diagnostics; false when it was not taken. */
static bool step(fixer *f, size_t skip, size_t most, size_t *places)
{
    gen_list edits = { NULL, 0, 0 };
    size_t count = collect(f->ctx, f->codes, skip, most, &edits);
    gen_str text;
    gen_ctx *next;

    text = apply(f->ctx, gen_file_at(&f->ctx->schema.files, 0), &edits);
    next = reread(f->home, f->name, text);
    if (is_worse(f->ctx, next)) {
        if (next != NULL) gen_close(next);
        return false;
    }
    f->out->len = 0;
    gen_buf_add_str(f->out, text);
    *places += count;
    gen_close(f->ctx);
    f->ctx = next;
    return true;
}

bool gen_fix_text(gen_ctx *home, const char *name, gen_str text,
                  const char *codes, gen_buf *out, size_t *places)
{
    fixer f;
    size_t refused = 0;
    size_t most = SIZE_MAX;
    unsigned pass;

    f.home = home;
    f.name = name;
    f.codes = codes;
    f.out = out;
    f.ctx = reread(home, name, text);
    *places = 0;
    out->len = 0;
    gen_buf_add_str(out, text);
    for (pass = 0; f.ctx != NULL && pass < PASSES; pass++) {
        gen_list edits = { NULL, 0, 0 };
        if (collect(f.ctx, codes, refused, most, &edits) == 0) break;
        if (step(&f, refused, most, places)) continue;
        /* One of them is no good: each by itself from here on. */
        if (most == 1) refused++;
        most = 1;
    }
    if (f.ctx == NULL) return false;
    gen_close(f.ctx);
    return refused == 0;
}
