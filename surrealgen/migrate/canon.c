/* surrealgen/migrate/canon.c: statements without their layout, checksums.
 *
 * Three things are made of the tokens of a text: the text on one line for each
 * statement, its statements one by one, and a checksum that a comment, a line
 * end or the case of a keyword cannot change.
 *
 * A checksum stands in every database that was migrated, so what it is made of
 * never changes under one number: the list of keywords below belongs to
 * algorithm 1 for good. A keyword that is missing in it costs little, since
 * then its case counts. */
#include "migrate.h"

#include "../schema/front.h"

#include <string.h>

enum { WORD_MAX = 24 };

void mig_lex(gen_ctx *ctx, gen_str text, gen_file *file)
{
    memset(file, 0, sizeof *file);
    file->name = gen_str_lit("");
    file->text = gen_str_lit("");
    if (text.len > 0) {
        file->text = text.ptr[text.len] == 0
            ? text : gen_str_copy(ctx, text.ptr, text.len);
    }
    gen_lex(ctx, file);
}

static bool is_punct(const gen_file *file, const gen_token *tok, char c)
{
    return tok->kind == GEN_TOK_PUNCT && tok->len == 1
        && file->text.ptr[tok->off] == c;
}

/* The bracket depth behind the token. More that close than were open is told
 * elsewhere; here the text goes on at the top. */
static size_t depth_after(const gen_file *file, const gen_token *tok,
                          size_t depth)
{
    char c = file->text.ptr[tok->off];

    if (tok->kind != GEN_TOK_PUNCT || tok->len != 1) return depth;
    if (c == '(' || c == '[' || c == '{') return depth + 1;
    if ((c == ')' || c == ']' || c == '}') && depth > 0) return depth - 1;
    return depth;
}

/* The text of a token. Line ends within are written as `\n`, whatever the
 * checkout made of them. A script keeps its lines: JavaScript ends statements
 * and comments with them. */
static void add_token(gen_buf *out, const gen_file *file,
                      const gen_token *tok)
{
    gen_str text = gen_tok_str(file, tok);
    bool escape = tok->kind != GEN_TOK_SCRIPT;
    size_t i;

    for (i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '\r' && i + 1 < text.len && text.ptr[i + 1] == '\n') {
            continue;
        }
        if (escape && c == '\n') {
            gen_buf_add_text(out, "\\n");
        } else if (escape && c == '\r') {
            gen_buf_add_text(out, "\\r");
        } else {
            gen_buf_add_char(out, c);
        }
    }
}

/* Whether a text has the tokens of the file. A `/` where no operator can stand
 * begins a regular expression if its line has another one: in a text that no
 * server would take, joining lines could make one. */
static bool has_tokens_of(gen_ctx *ctx, const gen_file *file, gen_str text)
{
    gen_file again;
    size_t i = 0;
    size_t k = 0;

    mig_lex(ctx, text, &again);
    for (;;) {
        while (gen_tok_is_trivia(file->tokens[i].kind)) i++;
        while (gen_tok_is_trivia(again.tokens[k].kind)) k++;
        if (file->tokens[i].kind != again.tokens[k].kind) return false;
        if (file->tokens[i].kind == GEN_TOK_END) return true;
        i++;
        k++;
    }
}

gen_str mig_canon(gen_ctx *ctx, gen_str text)
{
    gen_file file;
    gen_buf out;
    size_t depth = 0;
    size_t i;
    char gap = 0;
    bool has_slash = false;

    mig_lex(ctx, text, &file);
    gen_buf_init(&out, ctx);
    for (i = 0; i < file.token_count; i++) {
        const gen_token *tok = &file.tokens[i];
        if (tok->kind >= GEN_TOK_BAD_CHAR) return text;
        if (tok->kind == GEN_TOK_END) break;
        if (gen_tok_is_trivia(tok->kind)) {
            if (gap == 0) gap = ' ';
            continue;
        }
        if (gap != 0 && out.len > 0 && !is_punct(&file, tok, ';')) {
            gen_buf_add_char(&out, gap);
        }
        gap = 0;
        add_token(&out, &file, tok);
        has_slash = has_slash || is_punct(&file, tok, '/');
        depth = depth_after(&file, tok, depth);
        if (depth == 0 && is_punct(&file, tok, ';')) gap = '\n';
    }
    if (has_slash && !has_tokens_of(ctx, &file, gen_buf_str(&out))) {
        return text;
    }
    return gen_buf_str(&out);
}

/* -------------------------------------------------------------- checksums */

/* Sorted; see above before adding a word. */
static const char *const keywords[] = {
    "access", "after", "algorithm", "all", "alter", "always", "analyze",
    "analyzer", "and", "any", "api", "array", "as", "asc", "ascii", "assert",
    "async", "at", "authenticate", "auto", "backend", "batch", "bearer",
    "before", "begin", "blank", "bm25", "bool", "break", "bucket", "by",
    "bytes", "camel", "cancel", "capacity", "cascade", "changefeed", "changes",
    "class", "collate", "columns", "comment", "commit", "computed",
    "concurrently", "config", "contains", "containsall", "containsany",
    "containsnone", "containsnot", "content", "continue", "cosine", "count",
    "create", "database", "datetime", "db", "decimal", "default", "defer",
    "define", "delete", "desc", "dimension", "dist", "doc_ids_cache",
    "doc_ids_order", "doc_lengths_cache", "doc_lengths_order", "drop",
    "duplicate", "duration", "edgengram", "efc", "else", "end", "enforced",
    "euclidean", "event", "every", "exclude", "exists", "expired", "explain",
    "extend_candidates", "f32", "f64", "false", "fetch", "field", "fields",
    "filters", "flexible", "flexibly", "float", "for", "from", "full",
    "fulltext", "function", "functions", "future", "geometry", "grant",
    "group", "hamming", "highlights", "hnsw", "hs256", "hs384", "hs512", "i16",
    "i32", "i64", "if", "ignore", "in", "include", "index", "info", "insert",
    "inside", "int", "intersects", "into", "is", "issuer", "jaccard", "jwks",
    "jwt", "keep_pruned_connections", "key", "kill", "let", "limit", "live",
    "lm", "lowercase", "m", "m0", "manhattan", "mapper", "maxdepth", "merge",
    "middleware", "minkowski", "mtree", "namespace", "ngram", "no", "noindex",
    "none", "noneinside", "normal", "not", "notinside", "ns", "null", "number",
    "object", "on", "only", "option", "or", "order", "original", "out",
    "outside", "overwrite", "parallel", "param", "passhash", "password",
    "patch", "pearson", "permissions", "point", "postings_cache",
    "postings_order", "ps256", "ps384", "ps512", "punct", "range", "readonly",
    "rebuild", "record", "reference", "refresh", "reject", "relate",
    "relation", "remove", "replace", "retry", "return", "revoke", "revoked",
    "roles", "root", "rs256", "rs384", "rs512", "schema", "schemafull",
    "schemaless", "scope", "search", "select", "sequence", "session", "set",
    "show", "signin", "signup", "since", "sleep", "snowball", "split", "start",
    "string", "structure", "table", "tables", "tempfiles", "terms_cache",
    "terms_order", "then", "throw", "timeout", "to", "token", "tokenizers",
    "transaction", "true", "type", "unique", "unset", "update", "uppercase",
    "upsert", "url", "use", "user", "uuid", "value", "values", "version",
    "view", "wait", "when", "where", "with"
};

enum { KEYWORDS = sizeof keywords / sizeof *keywords };

/* Where the keywords of each letter begin; behind `z`, where they end. */
typedef struct letters {
    unsigned short from[27];
} letters;

static void find_letters(letters *out)
{
    unsigned letter;
    unsigned i = 0;

    for (letter = 0; letter <= 26; letter++) {
        while (i < KEYWORDS
               && (unsigned)(keywords[i][0] - 'a') < letter) i++;
        out->from[letter] = (unsigned short)i;
    }
}

/* The word in small letters if it is one of the list. */
static bool find_keyword(const letters *of, gen_str text, char out[WORD_MAX])
{
    unsigned letter = ((unsigned char)text.ptr[0] | 0x20u) - 'a';
    unsigned i;

    if (letter >= 26 || text.len >= WORD_MAX) return false;
    for (i = of->from[letter]; i < of->from[letter + 1]; i++) {
        const char *word = keywords[i];
        if (text.len > 1 && word[1] != (text.ptr[1] | 0x20)) {
            if (word[1] > (text.ptr[1] | 0x20)) return false;
            continue;
        }
        if (!gen_word_eq(text, word)) continue;
        memcpy(out, word, text.len + 1);
        return true;
    }
    return false;
}

/* Behind these a name comes, which may look like a keyword. Asked for nearly
 * every word of a text, so the first letter decides what to compare with. */
static bool is_lead(gen_str text)
{
    switch (text.ptr[0] | 0x20) {
    case 'a':
        return gen_word_eq(text, "analyzer") || gen_word_eq(text, "access");
    case 'b': return gen_word_eq(text, "bucket");
    case 'e': return gen_word_eq(text, "event");
    case 'f': return gen_word_eq(text, "field");
    case 'i': return gen_word_eq(text, "index");
    case 'o': return gen_word_eq(text, "on");
    case 'p': return gen_word_eq(text, "param");
    case 's': return gen_word_eq(text, "sequence");
    case 't': return gen_word_eq(text, "table");
    case 'u': return gen_word_eq(text, "user") || gen_word_eq(text, "unset");
    default: return false;
    }
}

/* A column `Type` is not `type`. Unless one of the list stands there. */
static bool is_name_behind(gen_str before, gen_str text)
{
    static const char *const more[] = {
        "if", "overwrite", "table", "database", "db", "namespace", "ns",
        "root", "delete", "duplicate", "only", NULL
    };

    return is_lead(before) && !gen_word_in(text, more);
}

/* Whether an identifier stands for a name by what is around it. */
static bool is_name(const gen_file *file, const gen_token *before,
                    const gen_token *tok, const gen_token *after)
{
    gen_str text = gen_tok_str(file, tok);
    gen_str last;

    if (is_punct(file, after, ':')) return true;
    if (after->kind == GEN_TOK_PUNCT
        && gen_str_is(gen_tok_str(file, after), "::")) return true;
    if (before == NULL) return false;
    last = gen_tok_str(file, before);
    if (before->kind == GEN_TOK_PUNCT) {
        return gen_str_is(last, ".") || gen_str_is(last, "::")
            || gen_str_is(last, "?.") || gen_str_is(last, "->")
            || gen_str_is(last, "<-") || gen_str_is(last, "<->");
    }
    return before->kind == GEN_TOK_IDENT && is_name_behind(last, text);
}

static const gen_token *next_of(const gen_file *file, size_t i)
{
    do {
        i++;
    } while (gen_tok_is_trivia(file->tokens[i].kind));
    return &file->tokens[i];
}

/* The tokens, one a line, statements parted by a `;` alone: none behind the
 * last, and none for an empty one. */
static void add_tokens(gen_buf *out, const gen_file *file, size_t from,
                       size_t to)
{
    const gen_token *before = NULL;
    size_t depth = 0;
    bool parted = true;
    bool due = false;
    letters of;
    size_t i;

    find_letters(&of);
    for (i = from; i < to && file->tokens[i].kind != GEN_TOK_END; i++) {
        const gen_token *tok = &file->tokens[i];
        char word[WORD_MAX];
        if (gen_tok_is_trivia(tok->kind)) continue;
        if (depth == 0 && is_punct(file, tok, ';')) {
            due = due || !parted;
            parted = true;
            before = NULL;
            continue;
        }
        if (due) gen_buf_add_text(out, ";\n");
        due = parted = false;
        if (tok->kind == GEN_TOK_IDENT
            && find_keyword(&of, gen_tok_str(file, tok), word)
            && !is_name(file, before, tok, next_of(file, i))) {
            gen_buf_add_text(out, word);
        } else {
            add_token(out, file, tok);
        }
        gen_buf_add_char(out, '\n');
        depth = depth_after(file, tok, depth);
        before = tok;
    }
}

gen_str mig_digest(gen_ctx *ctx, gen_str bytes)
{
    unsigned char hash[32];
    gen_buf out;
    size_t i;

    db_sha256(bytes.ptr, bytes.len, hash);
    gen_buf_init(&out, ctx);
    gen_buf_add_text(&out, "1:");
    for (i = 0; i < 16; i++) {
        gen_buf_add_char(&out, "0123456789abcdef"[hash[i] >> 4]);
        gen_buf_add_char(&out, "0123456789abcdef"[hash[i] & 15]);
    }
    return gen_buf_str(&out);
}

gen_str mig_checksum(gen_ctx *ctx, gen_str text)
{
    gen_file file;

    mig_lex(ctx, text, &file);
    return mig_checksum_part(ctx, &file, 0, file.token_count);
}

gen_str mig_checksum_part(gen_ctx *ctx, const gen_file *file, size_t from,
                          size_t to)
{
    gen_buf out;

    gen_buf_init(&out, ctx);
    add_tokens(&out, file, from, to);
    return mig_digest(ctx, gen_buf_str(&out));
}

/* ------------------------------------------------------------- statements */

void mig_split(gen_ctx *ctx, gen_str text, gen_list *out)
{
    mig_statement *now = NULL;
    size_t depth = 0;
    gen_file file;
    size_t end = 0;
    size_t i;

    mig_lex(ctx, text, &file);
    for (i = 0; i < file.token_count; i++) {
        const gen_token *tok = &file.tokens[i];
        bool ends = tok->kind == GEN_TOK_END
            || (depth == 0 && is_punct(&file, tok, ';'));
        if (gen_tok_is_trivia(tok->kind)) continue;
        if (ends) {
            if (now != NULL) {
                now->text = gen_str_copy(ctx, file.text.ptr + now->at,
                                         end - now->at);
                gen_list_push(ctx, out, now);
            }
            now = NULL;
            continue;
        }
        if (now == NULL) {
            now = (mig_statement *)gen_new(ctx, sizeof *now);
            now->at = tok->off;
            now->line = tok->line;
        }
        end = tok->off + tok->len;
        depth = depth_after(&file, tok, depth);
    }
}

mig_statement *mig_statement_at(const gen_list *list, size_t i)
{
    return (mig_statement *)list->at[i];
}
