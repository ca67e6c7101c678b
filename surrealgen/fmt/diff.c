/* surrealgen/fmt/diff.c: a unified diff.
 *
 * The longest common subsequence of the lines between what is the same at
 * both ends. Where that would be too much work for what is only shown to a
 * person, the middle is one change. */
#include "diff.h"

#include <string.h>

enum { AROUND = 3 };

static const size_t most_cells = 4u * 1024u * 1024u;

typedef struct differ {
    gen_ctx *ctx;
    gen_buf *out;
    gen_str *a, *b;   /* lines, their ends included */
    size_t na, nb;
    char *ops;        /* ' ', '-' or '+', in order */
    size_t op_count;
} differ;

static gen_str *lines_of(gen_ctx *ctx, gen_str text, size_t *count)
{
    gen_str *lines;
    size_t i, from;

    *count = 0;
    for (i = 0; i < text.len; i++) {
        *count += text.ptr[i] == '\n' || i + 1 == text.len;
    }
    lines = (gen_str *)gen_new(ctx, (*count + 1) * sizeof *lines);
    *count = 0;
    for (i = 0, from = 0; i < text.len; i++) {
        if (text.ptr[i] != '\n' && i + 1 < text.len) continue;
        lines[*count].ptr = text.ptr + from;
        lines[*count].len = i + 1 - from;
        (*count)++;
        from = i + 1;
    }
    return lines;
}

static void op(differ *d, char c)
{
    d->ops[d->op_count++] = c;
}

/* Lines [i0, i1) of a and [k0, k1) of b. */
static void middle(differ *d, size_t i0, size_t i1, size_t k0, size_t k1)
{
    size_t wide = k1 - k0 + 1;
    uint32_t *best;
    size_t i, k;

    if ((i1 - i0 + 1) > most_cells / wide) {
        for (i = i0; i < i1; i++) op(d, '-');
        for (k = k0; k < k1; k++) op(d, '+');
        return;
    }
    best = (uint32_t *)gen_new(d->ctx, (i1 - i0 + 1) * wide * sizeof *best);
    for (i = i1; i-- > i0;) {
        for (k = k1; k-- > k0;) {
            uint32_t *cell = &best[(i - i0) * wide + (k - k0)];
            if (gen_str_eq(d->a[i], d->b[k])) {
                *cell = cell[wide + 1] + 1;
            } else {
                *cell = cell[wide] > cell[1] ? cell[wide] : cell[1];
            }
        }
    }
    for (i = i0, k = k0; i < i1 || k < k1;) {
        const uint32_t *cell = &best[(i - i0) * wide + (k - k0)];
        if (i < i1 && k < k1 && gen_str_eq(d->a[i], d->b[k])) {
            op(d, ' ');
            i++;
            k++;
        } else if (k == k1 || (i < i1 && cell[wide] >= cell[1])) {
            op(d, '-');
            i++;
        } else {
            op(d, '+');
            k++;
        }
    }
}

static void put_line(differ *d, char c, gen_str line)
{
    gen_buf_add_char(d->out, c);
    gen_buf_add_str(d->out, line);
    if (line.len == 0 || line.ptr[line.len - 1] != '\n') {
        gen_buf_add_text(d->out, "\n\\ No newline at end of file\n");
    }
}

/* Operations [from, to), which begin at line i of a and k of b. */
static void put_hunk(differ *d, size_t from, size_t to, size_t i, size_t k)
{
    size_t old = 0;
    size_t fresh = 0;
    size_t at;

    for (at = from; at < to; at++) {
        old += d->ops[at] != '+';
        fresh += d->ops[at] != '-';
    }
    gen_buf_add_fmt(d->out, "@@ -%zu,%zu +%zu,%zu @@\n", old > 0 ? i + 1 : i,
                    old, fresh > 0 ? k + 1 : k, fresh);
    for (at = from; at < to; at++) {
        put_line(d, d->ops[at], d->ops[at] == '+' ? d->b[k] : d->a[i]);
        i += d->ops[at] != '+';
        k += d->ops[at] != '-';
    }
}

static void put_hunks(differ *d)
{
    size_t i = 0;
    size_t k = 0;
    size_t at = 0;

    while (at < d->op_count) {
        size_t from, to, last, back, step;
        if (d->ops[at] == ' ') {
            at++;
            i++;
            k++;
            continue;
        }
        back = at < AROUND ? at : AROUND;
        while (back > 0 && d->ops[at - back] != ' ') back--;
        from = at - back;
        for (last = at, to = at; to < d->op_count && to - last <= 2 * AROUND;
             to++) {
            if (d->ops[to] != ' ') last = to;
        }
        to = last + 1 + AROUND < d->op_count ? last + 1 + AROUND
            : d->op_count;
        put_hunk(d, from, to, i - back, k - back);
        for (step = at; step < to; step++) {
            i += d->ops[step] != '+';
            k += d->ops[step] != '-';
        }
        at = to;
    }
}

void gen_diff(gen_ctx *ctx, const char *name, gen_str was, gen_str now,
              gen_buf *out)
{
    differ d;
    size_t head = 0;
    size_t tail = 0;
    size_t i;

    if (gen_str_eq(was, now)) return;
    memset(&d, 0, sizeof d);
    d.ctx = ctx;
    d.out = out;
    d.a = lines_of(ctx, was, &d.na);
    d.b = lines_of(ctx, now, &d.nb);
    d.ops = (char *)gen_new(ctx, d.na + d.nb + 1);
    while (head < d.na && head < d.nb && gen_str_eq(d.a[head], d.b[head])) {
        head++;
    }
    while (tail < d.na - head && tail < d.nb - head
           && gen_str_eq(d.a[d.na - 1 - tail], d.b[d.nb - 1 - tail])) {
        tail++;
    }
    for (i = 0; i < head; i++) op(&d, ' ');
    middle(&d, head, d.na - tail, head, d.nb - tail);
    for (i = 0; i < tail; i++) op(&d, ' ');
    gen_buf_add_fmt(out, "--- %s\n+++ %s\n", name, name);
    put_hunks(&d);
}
