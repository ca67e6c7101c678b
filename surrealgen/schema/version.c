/* surrealgen/schema/version.c: spellings that one server has and another not.
 *
 * Expressions are not parsed, so old forms are found as token sequences: the
 * function path `string :: is :: email`, the words SEARCH ANALYZER. Each
 * statement or member is walked once, unless something in it was reported
 * already, and tells at most its first old form. */
#include "front.h"

#include <string.h>

/* A walk over the significant tokens of one extent. */
typedef struct walk {
    gen_ctx *ctx;
    gen_file *file;
    uint32_t at, end, begin;
    uint32_t prev; /* UINT32_MAX before the first */
    bool v3;
} walk;

static const gen_token *tok_at(const walk *w, uint32_t i)
{
    return &w->file->tokens[i];
}

static uint32_t after(const walk *w, uint32_t i)
{
    do {
        i++;
    } while (i < w->end && gen_tok_is_trivia(tok_at(w, i)->kind));
    return i;
}

static gen_str text_at(const walk *w, uint32_t i)
{
    return i < w->end ? gen_tok_str(w->file, tok_at(w, i)) : gen_str_lit("");
}

static bool word_at(const walk *w, uint32_t i, const char *word)
{
    const gen_token *tok;

    if (i >= w->end) return false;
    tok = tok_at(w, i);
    return tok->kind == GEN_TOK_IDENT
        && (w->file->text.ptr[tok->off] | 0x20) == *word
        && gen_word_eq(gen_tok_str(w->file, tok), word);
}

static bool punct_at(const walk *w, uint32_t i, const char *text)
{
    return i < w->end && tok_at(w, i)->kind == GEN_TOK_PUNCT
        && gen_str_is(text_at(w, i), text);
}

static gen_pos span(const walk *w, uint32_t first, uint32_t last)
{
    gen_pos pos = gen_tok_pos(w->file, tok_at(w, first));

    pos.len = tok_at(w, last)->off + tok_at(w, last)->len - pos.off;
    return pos;
}

static void older_note(const walk *w, gen_diag *diag)
{
    if (w->file->is_sg) {
        gen_note(w->ctx, diag, "or `target surrealdb 2.6;` if your server is "
                 "older");
    } else {
        gen_note(w->ctx, diag, "or `--target 2.6` if your server is older");
    }
}

/* --------------------------------------------------------------- functions */

/* A trailing `*` stands for one more name, kept on the other side. */
typedef struct rename_row {
    const char *v2, *v3;
} rename_row;

static const rename_row renames[] = {
    { "string::is::*", "string::is_*" },
    { "type::is::*", "type::is_*" },
    { "duration::from::*", "duration::from_*" },
    { "time::from::*", "time::from_*" },
    { "time::is::leap_year", "time::is_leap_year" },
    { "geo::is::valid", "geo::is_valid" },
    { "rand::guid", "rand::id" },
    { "type::thing", "type::record" },
    { "string::distance::osa_distance", "string::distance::osa" },
    { NULL, NULL }
};

/* Only in 3.x. type::record is in both, with one argument. */
static const char *const new_functions[] = {
    "array::sequence", "crypto::joaat", "encoding::cbor::*", "file::*",
    "object::extend", "object::remove", "record::is_edge",
    "schema::table::exists", "search::linear", "search::rrf",
    "sequence::nextval", "set::*", "string::capitalize", "type::file",
    "type::of", "type::set", "type::string_lossy", "duration::set_*",
    "time::set_*", "api::*", NULL
};

/* Whether path is the pattern; tail gets what the `*` stands for. */
static bool pattern(gen_str path, const char *want, gen_str *tail)
{
    size_t len = strlen(want);

    if (want[len - 1] != '*') return gen_word_eq(path, want);
    len--;
    if (path.len <= len) return false;
    *tail = gen_str_sub(path, len, path.len);
    path.len = len;
    return gen_str_eq(path, gen_str_sub(gen_str_lit(want), 0, len));
}

static const char *fill(gen_ctx *ctx, const char *want, gen_str tail)
{
    gen_buf buf;
    size_t len = strlen(want);

    gen_buf_init(&buf, ctx);
    gen_buf_add(&buf, want, want[len - 1] == '*' ? len - 1 : len);
    if (want[len - 1] == '*') gen_buf_add_str(&buf, tail);
    return buf.ptr;
}

static bool told_function(walk *w, gen_str path, gen_pos pos)
{
    const rename_row *row;
    gen_str tail = { "", 0 };
    gen_diag *diag;
    size_t i;

    for (row = renames; row->v2 != NULL; row++) {
        if (w->v3 && pattern(path, row->v2, &tail)) {
            diag = gen_error(w->ctx, SG402, pos, "`%s` was renamed in "
                             "SurrealDB 3.0", gen_clip(w->ctx, path));
            gen_hint(w->ctx, diag, "now `%s`", fill(w->ctx, row->v3, tail));
            gen_add_edit(w->ctx, diag, pos, fill(w->ctx, row->v3, tail));
            older_note(w, diag);
            return true;
        }
        if (!w->v3 && pattern(path, row->v3, &tail)
            && strcmp(row->v3, "type::record") != 0) {
            diag = gen_error(w->ctx, SG403, pos, "`%s` is the name since "
                             "SurrealDB 3.0", gen_clip(w->ctx, path));
            gen_hint(w->ctx, diag, "before `%s`", fill(w->ctx, row->v2,
                     tail));
            gen_add_edit(w->ctx, diag, pos, fill(w->ctx, row->v2, tail));
            return true;
        }
    }
    if (w->v3 && gen_word_eq(path, "record::refs")) {
        diag = gen_error(w->ctx, SG404, pos, "`record::refs` is gone from "
                         "SurrealDB 3.0");
        gen_hint(w->ctx, diag, "now the operator `<~`");
        return true;
    }
    for (i = 0; !w->v3 && new_functions[i] != NULL; i++) {
        if (!pattern(path, new_functions[i], &tail)) continue;
        gen_error(w->ctx, SG403, pos, "`%s` needs SurrealDB 3.0",
                  gen_clip(w->ctx, path));
        return true;
    }
    return false;
}

/* name :: name :: ... from its first name. */
static bool check_path(walk *w)
{
    gen_buf buf;
    uint32_t i = w->at;
    uint32_t last = i;

    if (tok_at(w, i)->kind != GEN_TOK_IDENT) return false;
    if (w->prev != UINT32_MAX && punct_at(w, w->prev, "::")) return false;
    if (!punct_at(w, after(w, i), "::")) return false;
    gen_buf_init(&buf, w->ctx);
    gen_buf_add_str(&buf, text_at(w, i));
    while (punct_at(w, after(w, last), "::")) {
        uint32_t name = after(w, after(w, last));
        if (name >= w->end || tok_at(w, name)->kind != GEN_TOK_IDENT) break;
        gen_buf_add_text(&buf, "::");
        gen_buf_add_str(&buf, text_at(w, name));
        last = name;
    }
    return told_function(w, gen_buf_str(&buf), span(w, i, last));
}

/* ------------------------------------------------------------- other forms */

static gen_diag *gone(walk *w, uint32_t last, const char *what,
                      const char *hint, const char *fix)
{
    gen_diag *diag;

    diag = gen_error(w->ctx, SG404, span(w, w->at, last), "%s is gone from "
                     "SurrealDB 3.0", what);
    if (hint != NULL) gen_hint(w->ctx, diag, "%s", hint);
    if (fix != NULL) gen_fix(w->ctx, diag, "%s", fix);
    older_note(w, diag);
    return diag;
}

/* Takes out the tokens from `first` and the blanks behind them. */
static void cut(walk *w, gen_diag *diag, uint32_t first, uint32_t next)
{
    gen_pos pos = span(w, first, first);

    pos.len = tok_at(w, next)->off - pos.off;
    gen_add_edit(w->ctx, diag, pos, "");
}

static bool has_word(const walk *w, const char *const *words)
{
    uint32_t i;

    for (i = w->begin; i < w->end; i = after(w, i)) {
        if (tok_at(w, i)->kind == GEN_TOK_IDENT
            && gen_word_in(text_at(w, i), words)) return true;
    }
    return false;
}

/* COMPUTED stands at the top of a table, and beside nothing that sets a
 * value. */
static bool can_compute(const walk *w)
{
    static const char *const words[] = {
        "default", "readonly", "assert", "reference", "flexible", NULL
    };
    uint32_t i = w->begin;

    if (w->file->is_sg || has_word(w, words)) return false;
    while (i < w->end && !word_at(w, i, "on") && !punct_at(w, i, ".")
           && !punct_at(w, i, "[") && !punct_at(w, i, "...")) {
        i = after(w, i);
    }
    return word_at(w, i, "on");
}

/* TYPE references<t> */
static void fix_references(walk *w, gen_diag *diag)
{
    static const char *const words[] = { "value", "computed", NULL };
    uint32_t table = after(w, after(w, w->at));
    uint32_t next = after(w, table);
    gen_buf buf;

    if (!word_at(w, w->prev, "type") || !can_compute(w)
        || has_word(w, words) || !punct_at(w, next, ">")) return;
    gen_buf_init(&buf, w->ctx);
    gen_buf_add_text(&buf, "COMPUTED <~");
    gen_buf_add_str(&buf, text_at(w, table));
    gen_add_edit(w->ctx, diag, span(w, w->prev, next), buf.ptr);
}

/* FLEXIBLE goes from before TYPE to behind the type. */
static void fix_flexible(walk *w, gen_diag *diag, uint32_t type)
{
    gen_parser p;
    gen_pos pos;

    gen_parser_init(&p, w->ctx, w->file);
    p.at = after(w, type);
    p.prev = type;
    p.told = UINT32_MAX;
    if (gen_parse_type(&p) == NULL) return;
    cut(w, diag, w->at, type);
    pos = gen_pos_behind(span(w, p.prev, p.prev));
    gen_add_edit(w->ctx, diag, pos, " FLEXIBLE");
}

/* Another word for the kind of index; sizes that the new one has not go. */
static void fix_index(walk *w, gen_diag *diag, const char *word)
{
    static const char *const words[] = {
        "capacity", "doc_ids_order", "doc_ids_cache", "mtree_cache",
        "doc_lengths_order", "doc_lengths_cache", "postings_order",
        "postings_cache", "terms_order", "terms_cache", NULL
    };
    uint32_t i;

    gen_add_edit(w->ctx, diag, span(w, w->at, w->at), word);
    for (i = w->at; i < w->end; i = after(w, i)) {
        uint32_t number = after(w, i);
        if (number < w->end && tok_at(w, number)->kind == GEN_TOK_INT
            && tok_at(w, i)->kind == GEN_TOK_IDENT
            && gen_word_in(text_at(w, i), words)) {
            gen_pos pos = span(w, i, number);
            if (tok_at(w, i - 1)->kind == GEN_TOK_SPACE) {
                pos = span(w, i - 1, number);
            }
            gen_add_edit(w->ctx, diag, pos, "");
        }
    }
}

/* VALUE <future> { ... }, and nothing behind the braces but clauses. */
static void fix_future(walk *w, gen_diag *diag, uint32_t next)
{
    static const char *const words[] = { "computed", NULL };
    uint32_t i;

    if (!punct_at(w, after(w, next), "{") || !can_compute(w)
        || has_word(w, words)) return;
    for (i = w->begin; i < w->end && after(w, i) < w->prev;) {
        i = after(w, i);
    }
    if (i >= w->end || !word_at(w, i, "value") || after(w, i) != w->prev) {
        return;
    }
    gen_add_edit(w->ctx, diag, span(w, i, next), "COMPUTED");
}

/* Where an operand stands, or a name that is no clause. */
static bool flexible_is_name(const walk *w)
{
    static const char *const before[] = {
        "field", "overwrite", "exists", "on", "table", "default", "always",
        "value", "assert", "computed", "where", "comment", NULL
    };
    gen_str prev = text_at(w, w->prev);

    if (gen_word_in(prev, before) || gen_word_is_prefix(prev)
        || gen_word_is_infix(prev)) return true;
    return tok_at(w, w->prev)->kind == GEN_TOK_PUNCT && prev.len > 0
        && strchr(")]}>", prev.ptr[prev.len - 1]) == NULL;
}

static bool check_gone(walk *w)
{
    uint32_t i = w->at;
    uint32_t next = after(w, i);
    gen_diag *diag;
    bool in_type = w->prev != UINT32_MAX && (word_at(w, w->prev, "type")
        || punct_at(w, w->prev, "<") || punct_at(w, w->prev, "|"));

    if (word_at(w, i, "define") && (word_at(w, next, "scope")
                                    || word_at(w, next, "token"))) {
        w->at = next;
        gone(w, next, word_at(w, next, "scope") ? "`DEFINE SCOPE`"
             : "`DEFINE TOKEN`", NULL, "write `DEFINE ACCESS ... ON "
             "DATABASE TYPE RECORD` or `TYPE JWT`");
        return true;
    }
    if (word_at(w, i, "search") && word_at(w, next, "analyzer")) {
        diag = gone(w, i, "`SEARCH ANALYZER`", "now `FULLTEXT`", NULL);
        fix_index(w, diag, "FULLTEXT");
        return true;
    }
    if (word_at(w, i, "mtree") && word_at(w, next, "dimension")) {
        fix_index(w, gone(w, i, "`MTREE`", "now `HNSW`", NULL), "HNSW");
        return true;
    }
    if (word_at(w, i, "references") && in_type && (punct_at(w, next, "<")
        || word_at(w, w->prev, "type"))) {
        fix_references(w, gone(w, i, "the type `references<...>`", NULL,
                       "leave the type out and write `COMPUTED <~table`"));
        return true;
    }
    if ((word_at(w, i, "flexible") || word_at(w, i, "flexi")
         || word_at(w, i, "flex")) && word_at(w, next, "type")
        && w->prev != UINT32_MAX && !flexible_is_name(w)) {
        fix_flexible(w, gone(w, i, "`FLEXIBLE` before the type", "now after "
                      "it: `TYPE object FLEXIBLE`", NULL), next);
        return true;
    }
    if (word_at(w, i, "future") && punct_at(w, next, ">")
        && w->prev != UINT32_MAX && punct_at(w, w->prev, "<")) {
        fix_future(w, gone(w, i, "`<future>`", NULL, "write `COMPUTED` with "
                   "the expression, in place of `VALUE`"), next);
        return true;
    }
    if (tok_at(w, i)->kind == GEN_TOK_PARAM && punct_at(w, next, "=")
        && (i == w->begin || punct_at(w, w->prev, ";")
            || punct_at(w, w->prev, "{"))) {
        gen_pos pos = span(w, i, i);
        diag = gone(w, i, "setting a parameter without `LET`", "write `LET` "
                    "before it", NULL);
        pos.len = 0;
        gen_add_edit(w->ctx, diag, pos, "LET ");
        return true;
    }
    return false;
}

/* a ~ b and its kin: fuzzy matching, written as operators. */
static bool check_fuzzy(walk *w)
{
    static const char *const signs[] = { "~", "!~", "?~", "*~", NULL };
    size_t i;

    if (w->at == w->begin) return false;
    for (i = 0; signs[i] != NULL; i++) {
        if (!punct_at(w, w->at, signs[i])) continue;
        gone(w, w->at, "fuzzy matching by operator", NULL, "write "
             "`string::similarity::fuzzy(a, b) > 0`");
        return true;
    }
    return false;
}

/* DEFINE INDEX ... DEFER of 2.6; after these words it is a name. */
static bool check_defer(walk *w)
{
    static const char *const before[] = {
        "index", "overwrite", "exists", "on", "fields", "columns", NULL
    };

    if (!word_at(w, w->at, "defer") || !word_at(w, w->begin, "define")
        || !word_at(w, after(w, w->begin), "index")) return false;
    if (gen_word_in(text_at(w, w->prev), before) || punct_at(w, w->prev, ",")
        || punct_at(w, w->prev, ".")) return false;
    gone(w, w->at, "`DEFER`", NULL, "write `CONCURRENTLY`, which builds the "
         "index beside other work, or leave it out");
    return true;
}

/* DEFINE FIELD ... TYPE t DEFAULT e FLEXIBLE: 3.0 wants it behind the type. */
static bool check_flexible(walk *w)
{
    static const char *const clauses[] = {
        "default", "value", "assert", "readonly", "comment", "permissions",
        "computed", "reference", NULL
    };
    bool right = false;
    unsigned depth = 0;
    uint32_t i;

    if (w->prev == UINT32_MAX || !word_at(w, w->at, "flexible")
        || !word_at(w, w->begin, "define")
        || !word_at(w, after(w, w->begin), "field")
        || flexible_is_name(w)) return false;
    for (i = w->begin; i < w->at; i = after(w, i)) {
        gen_str text = text_at(w, i);
        if (text.len == 1 && strchr("([{", text.ptr[0])) depth++;
        if (text.len == 1 && strchr(")]}", text.ptr[0]) && depth > 0) depth--;
        if (depth > 0 || tok_at(w, i)->kind != GEN_TOK_IDENT) continue;
        if (word_at(w, i, "type")) right = true;
        if (gen_word_in(text, clauses)) right = false;
    }
    if (right || depth > 0) return false;
    gone(w, w->at, "`FLEXIBLE` apart from the type", "now right behind it: "
         "`TYPE object FLEXIBLE`", NULL);
    return true;
}

/* What only an experiment of the server takes, or no 2.x at all. */
static bool check_new_define(walk *w)
{
    static const char *const words[] = { "bucket", "module", NULL };
    uint32_t next = after(w, w->at);
    size_t i;

    if (w->v3 || w->at != w->begin || !word_at(w, w->at, "define")) {
        return false;
    }
    for (i = 0; words[i] != NULL; i++) {
        if (!word_at(w, next, words[i])) continue;
        gen_error(w->ctx, SG403, span(w, w->at, next), "`DEFINE %s` needs "
                  "SurrealDB 3.0", words[i]);
        return true;
    }
    return false;
}

/* The letters that mean something to the server go into the expression. */
static void fix_flags(walk *w, gen_diag *diag, const gen_token *regex,
                      const gen_token *flags)
{
    gen_str text = gen_tok_str(w->file, flags);
    gen_pos pos = gen_tok_pos(w->file, regex);
    gen_buf buf;
    size_t i;

    gen_buf_init(&buf, w->ctx);
    gen_buf_add_text(&buf, "(?");
    for (i = 0; i < text.len; i++) {
        if (strchr("gimsuy", text.ptr[i]) == NULL) return;
        if (strchr("ims", text.ptr[i]) != NULL) {
            gen_buf_add_char(&buf, text.ptr[i]);
        }
    }
    gen_buf_add_char(&buf, ')');
    pos.off++;
    pos.len = 0;
    if (buf.len > 3) gen_add_edit(w->ctx, diag, pos, buf.ptr);
    gen_add_edit(w->ctx, diag, gen_tok_pos(w->file, flags), "");
}

/* /x/g : the server reads the letters as a name of their own. */
static bool check_regex(walk *w)
{
    const gen_token *tok = tok_at(w, w->at);
    const gen_token *next;
    gen_diag *diag;

    if (tok->kind != GEN_TOK_REGEX || w->at + 1 >= w->end) return false;
    next = tok + 1;
    if (next->kind != GEN_TOK_IDENT) return false;
    diag = gen_error(w->ctx, SG405, gen_tok_pos(w->file, next),
                     "a regular expression takes no flags");
    gen_fix(w->ctx, diag, "leave `g` out; write `/(?i).../` to ignore the "
            "letter case");
    fix_flags(w, diag, tok, next);
    return true;
}

/* Most tokens can begin none of the old forms, and this is asked of each: a
 * word begins one by its first letter or because `::` follows, a sign by its
 * own. Whoever adds a form adds its beginning here. */
static bool may_begin(const walk *w)
{
    const gen_token *tok = tok_at(w, w->at);
    gen_str text = gen_tok_str(w->file, tok);
    uint32_t next;

    switch (tok->kind) {
    case GEN_TOK_IDENT:
        if (strchr("dfmrs", text.ptr[0] | 0x20) != NULL) return true;
        next = after(w, w->at);
        return next < w->end && tok_at(w, next)->len == 2
            && punct_at(w, next, "::");
    case GEN_TOK_PUNCT:
        return text.ptr[text.len - 1] == '~';
    case GEN_TOK_PARAM:
    case GEN_TOK_REGEX:
        return true;
    default:
        return false;
    }
}

static void walk_extent(gen_ctx *ctx, gen_file *file, const gen_extent *e)
{
    walk w;

    w.ctx = ctx;
    w.file = file;
    w.begin = e->begin;
    w.at = e->begin;
    w.end = e->end;
    w.prev = UINT32_MAX;
    w.v3 = ctx->schema.target.major >= 3;
    while (w.at < w.end) {
        uint32_t here = w.at;
        if (may_begin(&w)) {
            if (check_path(&w) || check_regex(&w)) return;
            if (w.v3 && (check_gone(&w) || check_fuzzy(&w) || check_defer(&w)
                         || check_flexible(&w))) return;
            if (check_new_define(&w)) return;
        }
        w.prev = here;
        w.at = after(&w, here);
    }
}

void gen_check_versions(gen_ctx *ctx)
{
    size_t i, k;

    for (i = ctx->known; i < ctx->schema.files.count; i++) {
        gen_file *file = gen_file_at(&ctx->schema.files, i);
        for (k = 0; k < file->extents.count; k++) {
            gen_extent *extent = (gen_extent *)file->extents.at[k];
            if (!extent->reported) walk_extent(ctx, file, extent);
        }
    }
    gen_check_target(ctx);
}
