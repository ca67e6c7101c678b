/* surrealgen/fmt/mark.c: which tokens are keywords, which are expressions.
 *
 * Walks a statement the way the parser does and marks its tokens. Only words
 * that stand where the grammar has a keyword change their letter case, and
 * nothing within an expression is touched. */
#include "fmt.h"

static const char *const clause_words[] = {
    "type", "flexible", "flexi", "flex", "default", "readonly", "value",
    "assert", "reference", "computed", "permissions", "comment", "drop",
    "schemafull", "schemaful", "schemaless", "as", "changefeed", "fields",
    "columns", "unique", "count", "fulltext", "search", "hnsw", "mtree",
    "concurrently", "defer", NULL
};

/* Nothing ends an expression but what ends every one. */
static const char *const index_stops[] = {
    "fields", "columns", "unique", "count", "fulltext", "search", "hnsw",
    "mtree", "concurrently", "defer", "comment", NULL
};

static const char *const table_stops[] = {
    "type", "drop", "schemafull", "schemaful", "schemaless", "changefeed",
    "permissions", "comment", NULL
};

void fmt_at(fmt_printer *f, uint32_t begin)
{
    f->p.at = begin;
    f->p.prev = begin;
    f->p.begin = begin;
    f->p.failed = false;
}

void fmt_keep(fmt_printer *f, uint32_t from, uint32_t to)
{
    for (; from < to; from++) {
        f->marks[from].gap = FMT_KEEP;
    }
}

void fmt_word(fmt_printer *f)
{
    f->marks[f->p.at].kase = (unsigned char)f->kase;
    gen_next(&f->p);
}

static bool take(fmt_printer *f, const char *word)
{
    if (!gen_at_word(&f->p, word)) return false;
    fmt_word(f);
    return true;
}

static void expr(fmt_printer *f, const char *const *stops, bool commas)
{
    uint32_t first = f->p.at;
    gen_clause clause;

    f->marks[first].gap = FMT_SPACE;
    if (gen_scan_expr(&f->p, stops, commas, &clause)) {
        fmt_keep(f, first + 1, f->p.prev + 1);
    }
}

static void perms(fmt_printer *f, const char *const *stops)
{
    static const char *const ops[] = {
        "select", "create", "update", "delete", NULL
    };

    if (take(f, "none") || take(f, "full")) return;
    if (take(f, "where")) {
        expr(f, stops, false);
        return;
    }
    for (;;) {
        gen_take_punct(&f->p, ",");
        if (!gen_at_word(&f->p, "for")) return;
        f->marks[f->p.at].gap = FMT_RULE;
        fmt_word(f);
        while (gen_word_in(gen_text(&f->p), ops)) {
            f->marks[f->p.at].kase = FMT_LOWER;
            gen_next(&f->p);
            if (!gen_take_punct(&f->p, ",")) break;
        }
        if (take(f, "none") || take(f, "full")) continue;
        if (!take(f, "where")) return;
        expr(f, stops, true);
    }
}

static void table_type(fmt_printer *f)
{
    gen_list names = { NULL, 0, 0 };

    if (take(f, "any") || take(f, "normal")) return;
    if (!take(f, "relation")) return;
    for (;;) {
        if (take(f, "in") || take(f, "from") || take(f, "out")
            || take(f, "to")) {
            if (!gen_want_name_list(&f->p, "a table", "|", &names)) return;
        } else if (!take(f, "enforced")) {
            return;
        }
    }
}

static void type(fmt_printer *f)
{
    static const char *const kinds[] = { "any", "normal", "relation", NULL };
    gen_str next = gen_tok_str(f->file, gen_peek(&f->p, 1));
    bool field = gen_word_eq(gen_tok_str(f->file, gen_peek(&f->p, 0)),
                             "any") && gen_str_is(next, "|");

    if (!field && gen_word_in(gen_text(&f->p), kinds)) {
        table_type(f);
    } else {
        gen_parse_type(&f->p);
    }
}

static void reference(fmt_printer *f)
{
    if (!take(f, "on") || !take(f, "delete")) return;
    if (take(f, "then")) {
        expr(f, gen_field_stops, false);
    } else if (gen_now(&f->p)->kind == GEN_TOK_IDENT) {
        fmt_word(f);
    }
}

/* Words and numbers of an index: all of them are keywords. */
static void index_words(fmt_printer *f)
{
    gen_str name;
    gen_pos pos;

    if (take(f, "analyzer")) {
        gen_want_name(&f->p, "an analyzer", &name, &pos);
    }
    while (!gen_at_end(&f->p) && !gen_at_punct(&f->p, ";")
           && !gen_at_punct(&f->p, "}") && !gen_at_punct(&f->p, "@")
           && !gen_word_in(gen_text(&f->p), index_stops)) {
        if (gen_now(&f->p)->kind == GEN_TOK_IDENT) {
            fmt_word(f);
        } else {
            gen_next(&f->p);
        }
    }
}

static void changefeed(fmt_printer *f)
{
    gen_next(&f->p);
    if (take(f, "include")) take(f, "original");
}

static void columns(fmt_printer *f)
{
    do {
        gen_list path = { NULL, 0, 0 };
        if (!gen_want_path(&f->p, &path)) return;
    } while (gen_take_punct(&f->p, ","));
}

/* The clauses of a field, an index or a table, to the `;` or the brace. What
 * is no clause ends it; the caller keeps the rest as it is. */
void fmt_clauses(fmt_printer *f)
{
    const char *const *stops = gen_field_stops;

    while (!f->p.failed && gen_now(&f->p)->kind == GEN_TOK_IDENT
           && gen_word_in(gen_text(&f->p), clause_words)) {
        gen_str word = gen_text(&f->p);
        f->marks[f->p.at].gap = FMT_CLAUSE;
        fmt_word(f);
        if (gen_word_eq(word, "default")) {
            take(f, "always");
            expr(f, stops, false);
        } else if (gen_word_eq(word, "value") || gen_word_eq(word, "assert")
                   || gen_word_eq(word, "computed")
                   || gen_word_eq(word, "comment")) {
            expr(f, stops, false);
        } else if (gen_word_eq(word, "as")) {
            expr(f, table_stops, false);
        } else if (gen_word_eq(word, "permissions")) {
            perms(f, stops);
        } else if (gen_word_eq(word, "type")) {
            type(f);
        } else if (gen_word_eq(word, "reference")) {
            reference(f);
        } else if (gen_word_eq(word, "changefeed")) {
            changefeed(f);
        } else if (gen_word_eq(word, "fields")
                   || gen_word_eq(word, "columns")) {
            columns(f);
        } else if (gen_word_eq(word, "count")) {
            if (take(f, "where")) expr(f, index_stops, false);
        } else if (gen_word_eq(word, "fulltext")
                   || gen_word_eq(word, "search")
                   || gen_word_eq(word, "hnsw")
                   || gen_word_eq(word, "mtree")) {
            index_words(f);
        }
    }
}

/* DEFINE of any kind: the words in front in upper case; the clauses of a
 * table, a field or an index; the rest as it is. */
void fmt_define(fmt_printer *f, uint32_t end)
{
    gen_list path = { NULL, 0, 0 };
    gen_str name;
    gen_pos pos;
    gen_str what;
    bool table, known;

    f->kase = FMT_UPPER;
    fmt_word(f);
    what = gen_text(&f->p);
    table = gen_word_eq(what, "table");
    known = table || gen_word_eq(what, "field") || gen_word_eq(what, "index");
    if (gen_now(&f->p)->kind == GEN_TOK_IDENT) fmt_word(f);
    if (!take(f, "overwrite") && take(f, "if") && take(f, "not")) {
        take(f, "exists");
    }
    if (known && gen_now(&f->p)->kind != GEN_TOK_PARAM
        && gen_want_path(&f->p, &path)) {
        if (!table && take(f, "on")) {
            if (gen_at_word(&f->p, "table")
                && (gen_peek(&f->p, 1)->kind == GEN_TOK_IDENT
                    || gen_peek(&f->p, 1)->kind == GEN_TOK_QUOTED)) {
                fmt_word(f);
            }
            gen_want_name(&f->p, "a table", &name, &pos);
        }
        fmt_clauses(f);
    }
    if (f->p.at < end && !gen_at_punct(&f->p, ";")) {
        fmt_keep(f, f->p.at, end);
    }
}
