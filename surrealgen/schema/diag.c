/* surrealgen/schema/diag.c: diagnostics, kept first and printed once.
 *
 *     path:line:col: error SGnnnn: message
 *        |
 *     47 |   email     strng;
 *        |             ^^^^^ did you mean `string`?
 *        = fix: ...
 *
 * The first ctx->max_diags are kept, later ones only counted: they go to a
 * muted record, on which the functions that add detail do nothing. Source
 * text is shown with tabs at every fourth column, control characters as
 * spaces, and cut around the caret when it is wide. */
#include "front.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIAG_WIDTH = 88, DIAG_LEAD = 30, DIAG_TAB = 4, DIAG_NAME = 60 };

const char *gen_code_text(gen_code code)
{
    static const char *const names[] = {
#define GEN_CODE_NAME(code, text) #code,
        GEN_CODES(GEN_CODE_NAME)
#undef GEN_CODE_NAME
        ""
    };
    return names[code];
}

bool gen_find_code(gen_str text, gen_code *code)
{
    int i;

    for (i = 0; i < GEN_CODE_COUNT; i++) {
        *code = (gen_code)i;
        if (gen_str_is(text, gen_code_text(*code))) return true;
    }
    return false;
}

bool gen_code_is_warning(gen_code code)
{
    switch (code) {
#define GEN_CODE_CASE(code) case code:
        GEN_WARNINGS(GEN_CODE_CASE)
#undef GEN_CODE_CASE
        return true;
    default:
        return false;
    }
}

/* Those of one level lie one behind the other: the ones around a place are
 * the last that start before it. */
static bool is_allowed_by(const gen_list *allows, const char *code,
                          uint32_t off)
{
    size_t low = 0;
    size_t high = allows->count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (((const gen_allow *)allows->at[mid])->from <= off) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    while (low > 0) {
        const gen_allow *allow = (const gen_allow *)allows->at[--low];
        if (allow->to < off) return false;
        if (strcmp(allow->code, code) == 0) return true;
    }
    return false;
}

/* Whether `@allow` speaks of this warning here. */
static bool is_allowed(const char *code, gen_pos pos)
{
    return pos.file != NULL
        && (is_allowed_by(&pos.file->allows[0], code, pos.off)
            || is_allowed_by(&pos.file->allows[1], code, pos.off));
}

/* What a mixin holds wrong is wrong wherever it is used: told once. */
static bool is_told(gen_ctx *ctx, const char *code, gen_pos pos)
{
    char text[40];
    gen_str key;

    if (pos.file == NULL) return false;
    snprintf(text, sizeof text, "%.20s %u", code, (unsigned)pos.off);
    key = gen_str_lit(text);
    if (gen_map_get(ctx, pos.file, GEN_KEY_TOLD, key) != NULL) return true;
    key = gen_str_copy(ctx, key.ptr, key.len);
    gen_map_set(ctx, pos.file, GEN_KEY_TOLD, key, ctx);
    return false;
}

static gen_str format(gen_ctx *ctx, const char *fmt, va_list args)
{
    gen_str out;
    va_list again;
    int len;
    int i;
    char *text;

    va_copy(again, args);
    len = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    if (len < 0) {
        len = 0;
    }
    text = (char *)gen_new(ctx, (size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, fmt, args);
    /* Names come from the file: no escape sequences for the terminal. */
    for (i = 0; i < len; i++) {
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f) {
            text[i] = ' ';
        }
    }
    out.ptr = text;
    out.len = (size_t)len;
    return out;
}

const char *gen_clip(gen_ctx *ctx, gen_str text)
{
    gen_buf buf;
    size_t len = text.len;

    if (ctx->diags.count >= ctx->max_diags) return "";
    gen_buf_init(&buf, ctx);
    if (len <= DIAG_NAME) {
        gen_buf_add_str(&buf, text);
        return buf.ptr;
    }
    len = DIAG_NAME;
    while (len > 0 && ((unsigned char)text.ptr[len] & 0xc0) == 0x80) {
        len--;
    }
    gen_buf_add(&buf, text.ptr, len);
    gen_buf_add_text(&buf, "...");
    return buf.ptr;
}

static gen_diag *keep(gen_ctx *ctx, const char *code, gen_pos pos,
                      bool warning, size_t *count)
{
    gen_diag *diag;

    if (warning && is_allowed(code, pos)) return &ctx->muted;
    if (is_told(ctx, code, pos)) return &ctx->muted;
    (*count)++;
    if (ctx->diags.count >= ctx->max_diags) return &ctx->muted;
    diag = (gen_diag *)gen_new(ctx, sizeof *diag);
    diag->pos = pos;
    diag->code_text = code;
    diag->warning = warning;
    gen_list_push(ctx, &ctx->diags, diag);
    return diag;
}

gen_diag *gen_error(gen_ctx *ctx, gen_code code, gen_pos pos,
                    const char *fmt, ...)
{
    gen_diag *diag = keep(ctx, gen_code_text(code), pos, false,
                          &ctx->errors);
    va_list args;

    if (diag->muted) return diag;
    va_start(args, fmt);
    diag->message = format(ctx, fmt, args);
    va_end(args);
    return diag;
}

gen_diag *gen_warn(gen_ctx *ctx, gen_code code, gen_pos pos,
                   const char *fmt, ...)
{
    gen_diag *diag = keep(ctx, gen_code_text(code), pos, true,
                          &ctx->warnings);
    va_list args;

    if (diag->muted) return diag;
    va_start(args, fmt);
    diag->message = format(ctx, fmt, args);
    va_end(args);
    return diag;
}

gen_diag *gen_remark(gen_ctx *ctx, gen_code code, gen_pos pos,
                     const char *fmt, ...)
{
    gen_diag *diag;
    va_list args;

    if (!ctx->notes) return &ctx->muted;
    diag = keep(ctx, gen_code_text(code), pos, true, &ctx->remarks);
    if (diag->muted) return diag;
    diag->remark = true;
    va_start(args, fmt);
    diag->message = format(ctx, fmt, args);
    va_end(args);
    return diag;
}

gen_diag *gen_allowed(gen_ctx *ctx, gen_code code, gen_pos pos,
                      gen_str reason, const char *fmt, ...)
{
    gen_diag *diag = keep(ctx, gen_code_text(code), pos, true,
                          &ctx->allowed);
    va_list args;

    if (diag->muted) return diag;
    diag->reason = gen_str_copy(ctx, reason.ptr, reason.len);
    va_start(args, fmt);
    diag->message = format(ctx, fmt, args);
    va_end(args);
    return diag;
}

void gen_hint(gen_ctx *ctx, gen_diag *diag, const char *fmt, ...)
{
    va_list args;

    if (diag->muted) return;
    va_start(args, fmt);
    diag->hint = format(ctx, fmt, args);
    va_end(args);
}

void gen_fix(gen_ctx *ctx, gen_diag *diag, const char *fmt, ...)
{
    va_list args;

    if (diag->muted) return;
    va_start(args, fmt);
    diag->fix = format(ctx, fmt, args);
    va_end(args);
}

void gen_note(gen_ctx *ctx, gen_diag *diag, const char *fmt, ...)
{
    va_list args;

    if (diag->muted) return;
    va_start(args, fmt);
    diag->note = format(ctx, fmt, args);
    va_end(args);
}

gen_pos gen_pos_behind(gen_pos pos)
{
    size_t end = (size_t)pos.off + pos.len;
    size_t i;

    if (end > pos.file->text.len) end = pos.file->text.len;
    for (i = pos.off; i < end; i++) {
        unsigned char c = (unsigned char)pos.file->text.ptr[i];
        if (c == '\n') {
            pos.line++;
            pos.col = 1;
        } else if ((c & 0xc0) != 0x80) {
            pos.col++;
        }
    }
    pos.off = (uint32_t)end;
    pos.len = 0;
    return pos;
}

void gen_add_edit(gen_ctx *ctx, gen_diag *diag, gen_pos pos,
                  const char *text)
{
    gen_edit *edit;

    if (diag->muted) return;
    edit = (gen_edit *)gen_new(ctx, sizeof *edit);
    edit->pos = pos;
    edit->text = gen_str_copy(ctx, text, strlen(text));
    gen_list_push(ctx, &diag->edits, edit);
}

void gen_other(gen_ctx *ctx, gen_diag *diag, gen_pos pos, const char *text)
{
    if (diag->muted) return;
    diag->has_other = true;
    diag->other = pos;
    diag->other_text = gen_str_copy(ctx, text, strlen(text));
}

void gen_report(gen_ctx *ctx, const char *code, gen_pos pos,
                const char *message, const char *hint, const gen_pos *other,
                const char *other_text, const char *fix)
{
    gen_diag *diag = keep(ctx, gen_str_copy(ctx, code, strlen(code)).ptr, pos,
                          false, &ctx->errors);

    if (diag->muted) return;
    diag->message = gen_str_copy(ctx, message, strlen(message));
    if (hint != NULL) gen_hint(ctx, diag, "%s", hint);
    if (fix != NULL) gen_fix(ctx, diag, "%s", fix);
    if (other != NULL) {
        gen_other(ctx, diag, *other, other_text != NULL ? other_text : "");
    }
}

size_t gen_error_count(const gen_ctx *ctx)
{
    return ctx->errors;
}

size_t gen_warning_count(const gen_ctx *ctx)
{
    return ctx->warnings;
}

size_t gen_remark_count(const gen_ctx *ctx)
{
    return ctx->remarks + ctx->allowed;
}

void gen_set_notes(gen_ctx *ctx, bool wanted)
{
    ctx->notes = wanted;
}

/* --------------------------------------------------------------- printing */

typedef struct painter {
    gen_buf *out;
    bool colour;
    int gutter; /* digits of the widest line number shown, at least 2 */
} painter;

static void paint(painter *p, const char *sgr)
{
    if (p->colour) {
        gen_buf_add_fmt(p->out, "\033[%sm", sgr);
    }
}

/* The line around pos, without its end. */
static gen_str source_line(gen_pos pos)
{
    gen_str text = pos.file->text;
    size_t from = pos.off;
    size_t to = pos.off;

    while (from > 0 && text.ptr[from - 1] != '\n') {
        from--;
    }
    while (to < text.len && text.ptr[to] != '\n') {
        to++;
    }
    if (to > from && text.ptr[to - 1] == '\r') {
        to--;
    }
    return gen_str_sub(text, from, to);
}

/* Columns the code point at line[i] takes when it starts at column col. */
static unsigned width_at(gen_str line, size_t i, unsigned col)
{
    unsigned char c = (unsigned char)line.ptr[i];

    if (c == '\t') return DIAG_TAB - col % DIAG_TAB;
    return (c & 0xc0) != 0x80;
}

typedef struct window {
    unsigned from, to; /* columns shown */
    unsigned caret, caret_end;
    unsigned total;
} window;

/* Where the caret is, in columns, and what part of the line is shown. */
static window find_window(gen_str line, size_t start, size_t end)
{
    window w = { 0, 0, 0, 0, 0 };
    unsigned col = 0;
    size_t i;

    for (i = 0; i < line.len; i++) {
        if (i == start) w.caret = col;
        if (i == end) w.caret_end = col;
        col += width_at(line, i, col);
    }
    w.total = col;
    if (start >= line.len) w.caret = col;
    if (end >= line.len) w.caret_end = col;
    if (w.caret_end <= w.caret) w.caret_end = w.caret + 1;
    w.to = w.total;
    if (w.total > DIAG_WIDTH) {
        if (w.caret + DIAG_LEAD > DIAG_WIDTH) w.from = w.caret - DIAG_LEAD;
        w.to = w.from + DIAG_WIDTH;
        if (w.to > w.total) w.to = w.total;
    }
    if (w.caret_end > w.to && w.to > w.caret) w.caret_end = w.to;
    return w;
}

/* One code point, made harmless for a terminal. */
static void put_point(gen_buf *out, gen_str line, size_t i, unsigned width)
{
    unsigned char c = (unsigned char)line.ptr[i];
    size_t len = 1;

    if (c == '\t' || c < 0x20 || c == 0x7f) {
        gen_buf_add(out, "    ", c == '\t' ? width : 1);
        return;
    }
    while (i + len < line.len
           && ((unsigned char)line.ptr[i + len] & 0xc0) == 0x80) {
        len++;
    }
    /* C1 controls are two bytes, C2 80 to C2 9F. */
    if (c == 0xc2 && len == 2 && (unsigned char)line.ptr[i + 1] < 0xa0) {
        gen_buf_add_char(out, ' ');
    } else if (c >= 0x80 && (len < 2 || len > 4 || c < 0xc2)) {
        gen_buf_add_char(out, '?');
    } else {
        gen_buf_add(out, line.ptr + i, len);
    }
}

static void put_source(painter *p, gen_str line, window w)
{
    unsigned col = 0;
    size_t i;

    if (w.from > 0) gen_buf_add_text(p->out, "...");
    for (i = 0; i < line.len && col < w.to; i++) {
        unsigned width = width_at(line, i, col);
        if (width > 0 && col >= w.from) {
            put_point(p->out, line, i, width);
        }
        col += width;
    }
    if (w.to < w.total) gen_buf_add_text(p->out, "...");
    gen_buf_add_char(p->out, '\n');
}

static void put_gutter(painter *p, unsigned line)
{
    paint(p, "34");
    if (line > 0) {
        gen_buf_add_fmt(p->out, "%*u |", p->gutter, line);
    } else {
        gen_buf_add_fmt(p->out, "%*s |", p->gutter, "");
    }
    paint(p, "0");
}

/* The source line (unless it was just shown) and the marks under it. */
static void put_frame(painter *p, gen_pos pos, char mark, gen_str text,
                      bool show)
{
    gen_str line = source_line(pos);
    size_t start = pos.off - (size_t)(line.ptr - pos.file->text.ptr);
    window w = find_window(line, start, start + pos.len);
    unsigned i;

    if (show) {
        put_gutter(p, pos.line);
        if (line.len > 0) gen_buf_add_char(p->out, ' ');
        put_source(p, line, w);
    }
    put_gutter(p, 0);
    gen_buf_add_char(p->out, ' ');
    if (w.from > 0) gen_buf_add_text(p->out, "   ");
    for (i = w.from; i < w.caret; i++) {
        gen_buf_add_char(p->out, ' ');
    }
    paint(p, mark == '^' ? "1;31" : "1;34");
    for (i = w.caret; i < w.caret_end; i++) {
        gen_buf_add_char(p->out, mark);
    }
    if (text.len > 0) {
        gen_buf_add_char(p->out, ' ');
        gen_buf_add_str(p->out, text);
    }
    paint(p, "0");
    gen_buf_add_char(p->out, '\n');
}

static void put_other(painter *p, const gen_diag *diag)
{
    bool same_file = diag->other.file == diag->pos.file;
    bool same_line = same_file && diag->other.line == diag->pos.line;

    if (!same_file) {
        gen_buf_add_fmt(p->out, "%*s-> %s:%u:%u\n", p->gutter, "",
                        diag->other.file->name.ptr, diag->other.line,
                        diag->other.col);
    }
    if (!same_line && (!same_file || diag->other.line < diag->pos.line)) {
        put_gutter(p, 0);
        gen_buf_add_char(p->out, '\n');
    }
    put_frame(p, diag->other, '-', diag->other_text, !same_line);
}

static void put_tail(painter *p, const char *word, gen_str text)
{
    if (text.len == 0) return;
    gen_buf_add_fmt(p->out, "%*s = %s: %s\n", p->gutter, "", word, text.ptr);
}

static int digits(unsigned n)
{
    int count = 1;

    while (n >= 10) {
        n /= 10;
        count++;
    }
    return count;
}

/* How many places `fmt --fix` mends where this is the first of its kind. */
static size_t places_of(const gen_ctx *ctx, const gen_diag *diag)
{
    size_t count = 0;
    size_t i;

    if (diag->edits.count == 0) return 0;
    for (i = 0; i < ctx->diags.count; i++) {
        const gen_diag *other = (const gen_diag *)ctx->diags.at[i];
        if (other->edits.count == 0 || other->pos.file != diag->pos.file
            || strcmp(other->code_text, diag->code_text) != 0) continue;
        if (count == 0 && other != diag) return 0;
        count++;
    }
    return count;
}

static void put_command(painter *p, const gen_diag *diag, size_t places)
{
    if (places == 0) return;
    gen_buf_add_fmt(p->out, "%*s = fix: `surrealgen fmt --fix %s %s` changes "
                    "%zu place%s\n", p->gutter, "", diag->code_text,
                    diag->pos.file->name.ptr, places, places == 1 ? "" : "s");
}

static const char *colour_of(const gen_diag *diag)
{
    if (diag->remark || diag->reason.len > 0) return "1;36";
    return diag->warning ? "1;33" : "1;31";
}

const char *gen_severity(const gen_diag *diag)
{
    if (diag->reason.len > 0) return "allowed";
    if (diag->remark) return "note";
    return diag->warning ? "warning" : "error";
}

static void put_diag(gen_ctx *ctx, gen_buf *out, const gen_diag *diag,
                     bool colour)
{
    painter p = { NULL, false, 2 };
    int wide = digits(diag->pos.line);

    p.out = out;
    p.colour = colour;
    if (wide > p.gutter) p.gutter = wide;
    if (diag->has_other && diag->other.file != NULL) {
        wide = digits(diag->other.line);
        if (wide > p.gutter) p.gutter = wide;
    }
    paint(&p, "1");
    if (diag->pos.file != NULL) {
        gen_buf_add_fmt(out, "%s:", diag->pos.file->name.ptr);
        if (diag->pos.line > 0) {
            gen_buf_add_fmt(out, "%u:%u:", diag->pos.line, diag->pos.col);
        }
        gen_buf_add_char(out, ' ');
    }
    paint(&p, colour_of(diag));
    gen_buf_add_fmt(out, "%s %s", gen_severity(diag), diag->code_text);
    paint(&p, "0");
    gen_buf_add_fmt(out, ": %s\n", diag->message.ptr);
    if (diag->pos.file != NULL && diag->pos.line > 0) {
        put_gutter(&p, 0);
        gen_buf_add_char(out, '\n');
        put_frame(&p, diag->pos, '^', diag->hint, true);
    }
    if (diag->has_other && diag->other.file != NULL) {
        put_other(&p, diag);
    }
    put_tail(&p, "reason", diag->reason);
    if (diag->reason.len > 0) return;
    put_tail(&p, "fix", diag->fix);
    put_command(&p, diag, places_of(ctx, diag));
    put_tail(&p, "note", diag->note);
}

static int compare(const void *a, const void *b)
{
    const gen_diag *x = *(const gen_diag *const *)a;
    const gen_diag *y = *(const gen_diag *const *)b;
    uint32_t fx = x->pos.file != NULL ? x->pos.file->order : 0;
    uint32_t fy = y->pos.file != NULL ? y->pos.file->order : 0;

    if (fx != fy) return fx < fy ? -1 : 1;
    if (x->pos.off != y->pos.off) return x->pos.off < y->pos.off ? -1 : 1;
    return strcmp(x->code_text, y->code_text);
}

void gen_sort_diags(gen_ctx *ctx)
{
    if (ctx->diags.count > 1) {
        qsort(ctx->diags.at, ctx->diags.count, sizeof *ctx->diags.at,
              compare);
    }
}

void gen_set_max_diags(gen_ctx *ctx, size_t max)
{
    ctx->max_diags = max;
}

void gen_print_diags(gen_ctx *ctx, gen_buf *out, bool colour)
{
    size_t total = ctx->errors + ctx->warnings
        + gen_remark_count(ctx);
    size_t shown = ctx->diags.count;
    size_t i;

    gen_sort_diags(ctx);
    for (i = 0; i < shown; i++) {
        if (i > 0) gen_buf_add_char(out, '\n');
        put_diag(ctx, out, (const gen_diag *)ctx->diags.at[i], colour);
    }
    if (total > shown) {
        gen_buf_add_fmt(out, "\n... and %zu more\n", total - shown);
    }
}
