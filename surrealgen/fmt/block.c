/* surrealgen/fmt/block.c: the items of .sg, and their members in columns.
 *
 * Members of a model, a struct or a mixin stand one to a line, with name,
 * type, attributes and clauses in columns. The columns of a run of fields or
 * indexes are as wide as what is in them and has something behind it; a run
 * ends at an empty line or another kind of member, and what is very wide
 * pushes only its own line. */
#include "fmt.h"

#include <string.h>

enum { CELLS = 4 };

typedef enum row_kind { ROW_OTHER, ROW_FIELD, ROW_INDEX } row_kind;

typedef struct row {
    const fmt_stmt *stmt;
    row_kind kind;
    gen_str cells[CELLS];
} row;

static const size_t limits[3][CELLS] = {
    { 0, 0, 0, 0 }, { 32, 24, 32, 0 }, { 12, 32, 40, 0 }
};

/* ------------------------------------------------------------------ members */

static bool is_index(const gen_parser *p)
{
    static const char *const kinds[] = {
        "count", "fulltext", "search", "hnsw", "mtree", NULL
    };
    gen_str after = gen_tok_str(p->file, gen_peek(p, 2));

    if (!gen_at_word(p, "index") && !gen_at_word(p, "unique")) return false;
    if (gen_peek(p, 1)->kind != GEN_TOK_IDENT
        && gen_peek(p, 1)->kind != GEN_TOK_QUOTED) return false;
    return gen_str_is(after, "(") || gen_word_in(after, kinds);
}

static bool is_other(const gen_parser *p)
{
    static const char *const perms[] = { "none", "full", "for", NULL };
    static const char *const parts[] = {
        "when", "then", "on", "async", NULL
    };
    gen_str next = gen_tok_str(p->file, gen_peek(p, 1));
    gen_str after = gen_tok_str(p->file, gen_peek(p, 2));

    if (gen_at_word(p, "permissions")) return gen_word_in(next, perms);
    if (gen_at_word(p, "comment")) {
        return gen_peek(p, 1)->kind == GEN_TOK_STRING;
    }
    if (gen_peek(p, 1)->kind != GEN_TOK_IDENT
        && gen_peek(p, 1)->kind != GEN_TOK_QUOTED) return false;
    if (gen_at_word(p, "use")) return gen_str_is(after, ";");
    if (gen_at_word(p, "reserved")) {
        return gen_str_is(after, ",") || gen_str_is(after, ";");
    }
    return gen_at_word(p, "event") && gen_word_in(after, parts);
}

/* Where nothing but white space without meaning is in front of token i. */
static bool clean(const fmt_printer *f, uint32_t i)
{
    bool line = false;
    uint32_t k;

    for (k = i; k > 0 && gen_tok_is_trivia(f->file->tokens[k - 1].kind);
         k--) {
        const gen_token *tok = &f->file->tokens[k - 1];
        if (tok->kind != GEN_TOK_SPACE) return false;
        line = line || fmt_newlines(f->file, tok) > 0;
    }
    return !line || f->marks[i].gap < FMT_CLAUSE;
}

static gen_str text_of(fmt_printer *f, uint32_t from, uint32_t to)
{
    gen_buf buf;

    gen_buf_init(&buf, f->ctx);
    fmt_range(f, &buf, from, to, "    ");
    return gen_buf_str(&buf);
}

/* Cells from the tokens where each begins; one cell when a comment or a line
 * break stands between two of them. */
static void fill(fmt_printer *f, row *r, const uint32_t *starts)
{
    uint32_t end = r->stmt->end;
    bool ok = true;
    unsigned i;

    for (i = 1; i < CELLS; i++) {
        if (starts[i] < end && starts[i] > starts[0]) {
            ok = ok && clean(f, starts[i]);
        }
    }
    if (!ok) {
        r->cells[0] = text_of(f, starts[0], end);
        r->kind = ROW_OTHER;
        return;
    }
    for (i = 0; i < CELLS; i++) {
        uint32_t to = i + 1 < CELLS ? starts[i + 1] : end;
        r->cells[i] = gen_str_lit("");
        if (starts[i] < to) r->cells[i] = text_of(f, starts[i], to);
    }
}

static void read_field(fmt_printer *f, row *r)
{
    gen_list path = { NULL, 0, 0 };
    gen_attrs attrs;
    uint32_t starts[CELLS];

    memset(&attrs, 0, sizeof attrs);
    starts[0] = f->p.at;
    gen_read_attrs(&f->p, &attrs);
    if (gen_want_path(&f->p, &path)) {
        starts[1] = f->p.at;
        gen_parse_type(&f->p);
        starts[2] = f->p.at;
        gen_read_attrs(&f->p, &attrs);
        starts[3] = f->p.at;
        /* A lone `;` stays with what is before it. */
        if (gen_at_punct(&f->p, ";")) {
            starts[3] = r->stmt->end;
            if (starts[2] == f->p.at) starts[2] = r->stmt->end;
        }
        fmt_clauses(f);
    }
    if (f->p.failed || f->p.at + 1 < r->stmt->end) {
        starts[1] = starts[2] = starts[3] = r->stmt->end;
        fmt_keep(f, starts[0] + 1, r->stmt->end);
    }
    r->kind = ROW_FIELD;
    fill(f, r, starts);
}

/* word, name, (columns), the rest */
static void read_index(fmt_printer *f, row *r)
{
    uint32_t starts[CELLS];
    gen_str name;
    gen_pos pos;

    starts[0] = f->p.at;
    fmt_word(f);
    starts[1] = f->p.at;
    gen_want_name(&f->p, "an index", &name, &pos);
    starts[2] = f->p.at;
    if (gen_at_punct(&f->p, "(")) {
        f->marks[f->p.at].gap = FMT_SPACE;
        gen_skip_group(&f->p);
        starts[3] = f->p.at;
    } else {
        starts[3] = r->stmt->end;
    }
    if (gen_at_punct(&f->p, ";")) starts[3] = r->stmt->end;
    fmt_clauses(f);
    if (f->p.at + 1 < r->stmt->end) {
        fmt_keep(f, f->p.at + 1, r->stmt->end);
    }
    r->kind = ROW_INDEX;
    fill(f, r, starts);
}

static void read_other(fmt_printer *f, row *r)
{
    if (gen_at_word(&f->p, "permissions")) {
        fmt_clauses(f);
    } else if (gen_at_word(&f->p, "comment")) {
        fmt_keep(f, r->stmt->begin + 1, r->stmt->end);
    } else {
        fmt_word(f);
        if (gen_word_eq(gen_tok_str(f->file, &f->file->tokens[r->stmt
                        ->begin]), "event")) {
            fmt_keep(f, f->p.at + 1, r->stmt->end);
        }
    }
    r->cells[0] = text_of(f, r->stmt->begin, r->stmt->end);
}

static row *read_row(fmt_printer *f, const fmt_stmt *stmt)
{
    row *r = (row *)gen_new(f->ctx, sizeof *r);
    unsigned i;

    r->stmt = stmt;
    for (i = 0; i < CELLS; i++) {
        r->cells[i] = gen_str_lit("");
    }
    fmt_at(f, stmt->begin);
    if (is_index(&f->p)) {
        read_index(f, r);
    } else if (is_other(&f->p)) {
        read_other(f, r);
    } else {
        read_field(f, r);
    }
    return r;
}

/* ------------------------------------------------------------------ columns */

static size_t width(gen_str text)
{
    size_t n = 0;
    size_t i;

    for (i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\n') return SIZE_MAX / 2;
        n += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
    }
    return n;
}

static bool has_more(const row *r, unsigned cell)
{
    for (cell++; cell < CELLS; cell++) {
        if (r->cells[cell].len > 0) return true;
    }
    return false;
}

static void put_row(fmt_printer *f, const row *r, const size_t *at)
{
    size_t gap = r->kind == ROW_INDEX ? 1 : 2;
    size_t pos = 0;
    unsigned i;

    gen_buf_add_text(f->out, "  ");
    for (i = 0; i < CELLS; i++) {
        size_t to = pos + gap > at[i] ? pos + gap : at[i];
        if (r->cells[i].len == 0) continue;
        for (; i > 0 && pos < to; pos++) {
            gen_buf_add_char(f->out, ' ');
        }
        gen_buf_add_str(f->out, r->cells[i]);
        pos += width(r->cells[i]);
    }
    fmt_tail(f, r->stmt);
}

static bool starts_run(const fmt_printer *f, const row *r)
{
    unsigned lines = 0;
    uint32_t i;

    for (i = r->stmt->lead; i < r->stmt->begin; i++) {
        const gen_token *tok = &f->file->tokens[i];
        if (tok->kind != GEN_TOK_SPACE) {
            lines = 0;
            continue;
        }
        lines += fmt_newlines(f->file, tok);
        if (lines > 1) return true;
    }
    return false;
}

static const row *row_at(const gen_list *rows, size_t i)
{
    return (const row *)rows->at[i];
}

static void put_run(fmt_printer *f, const gen_list *rows, size_t from,
                    size_t to)
{
    row_kind kind = row_at(rows, from)->kind;
    size_t at[CELLS];
    size_t gap = kind == ROW_INDEX ? 1 : 2;
    unsigned c;
    size_t i;

    at[0] = 0;
    for (c = 0; c + 1 < CELLS; c++) {
        size_t most = 0;
        for (i = from; i < to; i++) {
            const row *r = row_at(rows, i);
            size_t w = width(r->cells[c]);
            if (has_more(r, c) && w <= limits[kind][c] && w > most) most = w;
        }
        at[c + 1] = at[c] + (most > 0 ? most + gap : 0);
    }
    for (i = from; i < to; i++) {
        const row *r = row_at(rows, i);
        fmt_lead(f, r->stmt->lead, r->stmt->begin, "  ", i == 0);
        put_row(f, r, at);
    }
}

static void put_members(fmt_printer *f, uint32_t from, uint32_t to)
{
    gen_list stmts = { NULL, 0, 0 };
    gen_list rows = { NULL, 0, 0 };
    uint32_t rest = fmt_split_block(f->ctx, f->file, from, to, ';', &stmts);
    size_t i, k;

    for (i = 0; i < stmts.count; i++) {
        gen_list_push(f->ctx, &rows, read_row(f, fmt_stmt_at(&stmts, i)));
    }
    for (i = 0; i < rows.count; i = k) {
        for (k = i + 1; k < rows.count; k++) {
            if (row_at(&rows, k)->kind != row_at(&rows, i)->kind
                || starts_run(f, row_at(&rows, k))) break;
        }
        put_run(f, &rows, i, k);
    }
    fmt_lead(f, rest, to, "  ", rows.count == 0);
}

/* -------------------------------------------------- enums, access and views */

static bool one_line(const fmt_printer *f, uint32_t from, uint32_t to)
{
    for (; from < to; from++) {
        const gen_token *tok = &f->file->tokens[from];
        if (fmt_newlines(f->file, tok) > 0) return false;
        if (gen_tok_is_trivia(tok->kind) && tok->kind != GEN_TOK_SPACE) {
            return false;
        }
    }
    return true;
}

/* Pieces between braces: all on the line when the author had them so. */
static void put_pieces(fmt_printer *f, uint32_t from, uint32_t to, char mark)
{
    gen_list stmts = { NULL, 0, 0 };
    uint32_t rest = fmt_split_block(f->ctx, f->file, from, to, mark, &stmts);
    bool flat = one_line(f, from, to);
    size_t i;

    if (!flat) gen_buf_add_text(f->out, f->nl);
    for (i = 0; i < stmts.count; i++) {
        const fmt_stmt *stmt = fmt_stmt_at(&stmts, i);
        if (!flat) {
            fmt_lead(f, stmt->lead, stmt->begin, "  ", i == 0);
        }
        if (mark == ';') {
            f->marks[stmt->begin].kase = FMT_LOWER;
            fmt_keep(f, stmt->begin + 1, stmt->end - 1);
        }
        gen_buf_add_text(f->out, flat ? " " : "  ");
        fmt_range(f, f->out, stmt->begin, stmt->end, "    ");
        if (!flat) fmt_tail(f, stmt);
    }
    if (flat) {
        gen_buf_add_char(f->out, ' ');
    } else {
        fmt_lead(f, rest, to, "  ", stmts.count == 0);
    }
}

/* -------------------------------------------------------------------- items */

static uint32_t close_of(const fmt_printer *f, uint32_t open)
{
    gen_parser p = f->p;

    p.at = open;
    p.failed = true; /* looks ahead: nothing is reported */
    gen_skip_group(&p);
    return p.prev;
}

/* To the brace that opens the block; what is no clause stays as it is. */
static void head(fmt_printer *f, const fmt_stmt *stmt)
{
    gen_list names = { NULL, 0, 0 };
    gen_attrs attrs;
    gen_str name;
    gen_pos pos;
    uint32_t before;

    memset(&attrs, 0, sizeof attrs);
    gen_want_name(&f->p, "a name", &name, &pos);
    if (gen_at_punct(&f->p, ":")) {
        f->marks[f->p.at].gap = FMT_SPACE;
        gen_next(&f->p);
    }
    while (gen_at_word(&f->p, "from") || gen_at_word(&f->p, "to")) {
        fmt_word(f);
        gen_want_name_list(&f->p, "a table", "|", &names);
    }
    if (gen_at_word(&f->p, "enforced")) fmt_word(f);
    do {
        before = f->p.at;
        gen_read_attrs(&f->p, &attrs);
        fmt_clauses(f);
    } while (f->p.at > before && !gen_at_punct(&f->p, "{"));
    before = f->p.at;
    while (f->p.at < stmt->end && !gen_at_punct(&f->p, "{")
           && !gen_at_end(&f->p)) {
        gen_next(&f->p);
    }
    if (f->p.at > before) fmt_keep(f, before + 1, f->p.at);
}

static void put_block(fmt_printer *f, const fmt_stmt *stmt, gen_str word)
{
    uint32_t open, close;

    head(f, stmt);
    open = f->p.at;
    if (!gen_at_punct(&f->p, "{")) {
        fmt_keep(f, stmt->begin + 1, stmt->end);
        fmt_range(f, f->out, stmt->begin, stmt->end, "  ");
        fmt_tail(f, stmt);
        return;
    }
    close = close_of(f, open);
    fmt_range(f, f->out, stmt->begin, open + 1, "  ");
    if (gen_word_eq(word, "enum")) {
        put_pieces(f, open + 1, close, ',');
    } else if (gen_word_eq(word, "access") || gen_word_eq(word, "view")) {
        put_pieces(f, open + 1, close, ';');
    } else {
        fmt_stmt none = { 0, 0, 0, 0, NULL, false };
        none.end = open + 1;
        none.tail = fmt_trailing_end(f->file, open + 1);
        if (none.tail < none.end) none.tail = none.end;
        fmt_tail(f, &none);
        put_members(f, none.tail, close);
    }
    if (gen_word_eq(word, "view")) {
        fmt_at(f, close);
        gen_next(&f->p);
        fmt_clauses(f);
    }
    fmt_range(f, f->out, close, stmt->end, "  ");
    fmt_tail(f, stmt);
}

void fmt_item(fmt_printer *f, const fmt_stmt *stmt)
{
    static const char *const blocks[] = {
        "model", "edge", "struct", "mixin", "enum", "access", "view", NULL
    };
    static const char *const flat[] = {
        "target", "prefix", "namespace", "include", "analyzer", "sequence",
        "user", NULL
    };
    gen_attrs attrs;
    gen_str word;

    memset(&attrs, 0, sizeof attrs);
    fmt_at(f, stmt->begin);
    gen_read_attrs(&f->p, &attrs);
    if (f->p.at > stmt->begin) f->marks[f->p.at].gap = FMT_MARGIN;
    word = gen_text(&f->p);
    if (gen_at_word(&f->p, "define")) {
        fmt_define(f, stmt->end);
        fmt_range(f, f->out, stmt->begin, stmt->end, "    ");
        fmt_tail(f, stmt);
        return;
    }
    f->kase = FMT_LOWER;
    if (gen_now(&f->p)->kind == GEN_TOK_IDENT) fmt_word(f);
    if (gen_word_in(word, blocks)) {
        put_block(f, stmt, word);
        return;
    }
    if (!gen_word_in(word, flat)) fmt_keep(f, f->p.at + 1, stmt->end);
    fmt_range(f, f->out, stmt->begin, stmt->end, "  ");
    fmt_tail(f, stmt);
}
