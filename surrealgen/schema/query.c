/* surrealgen/schema/query.c: queries, as items and behind `-- @query`.
 *
 * The body is not parsed: it is cut at its top-level `;`, and the names with
 * `$` are collected. A name is the body's own from where LET, FOR or a
 * closure binds it to where that ends. */
#include "front.h"

#include <string.h>

/* ------------------------------------------------------------------ shapes */

static bool shape_kind(gen_parser *p, gen_shape *shape)
{
    static const char *const words[] = {
        "none", "one", "maybe", "many", "each", "live", NULL
    };
    gen_guess guess;
    gen_diag *diag;
    int i;

    for (i = 0; words[i] != NULL; i++) {
        if (gen_at_word(p, words[i])) break;
    }
    if (words[i] == NULL) {
        diag = gen_expected(p, "`one`, `maybe`, `many`, `each`, `live` or "
                            "`none`");
        if (gen_now(p)->kind != GEN_TOK_IDENT) return false;
        gen_guess_start(&guess, gen_text(p));
        gen_guess_words(&guess, words);
        if (guess.best.len > 0) {
            gen_hint(p->ctx, diag, "did you mean `%s`?", guess.best.ptr);
        }
        return false;
    }
    gen_next(p);
    shape->kind = (gen_shape_kind)i;
    return !p->failed;
}

/* shape = "none" | ( "one" | ... ) , ( type | name ) ; what a name stands
 * for is known when all files are read. */
static bool want_shape(gen_parser *p, gen_query *query)
{
    gen_shape *shape = (gen_shape *)gen_new(p->ctx, sizeof *shape);
    uint32_t first = p->at;

    shape->name.text = gen_str_lit("");
    if (!shape_kind(p, shape)) return false;
    if (shape->kind != GEN_SHAPE_NONE) {
        bool quoted = gen_now(p)->kind == GEN_TOK_QUOTED;
        if (gen_now(p)->kind == GEN_TOK_IDENT || quoted) {
            gen_parser q = *p;
            q.failed = true; /* a look: the type rule does the talking */
            shape->name.pos = gen_here(p);
            shape->name.text = quoted ? gen_unquote(p->ctx, gen_text(p))
                : gen_str_copy(p->ctx, gen_text(p).ptr, gen_text(p).len);
            gen_next(&q);
            if (gen_at_punct(&q, "<") || gen_at_punct(&q, "|")) {
                shape->name.text = gen_str_lit("");
            }
        }
        if (quoted) {
            gen_next(p);
        } else {
            shape->type = gen_parse_type(p);
            if (shape->type == NULL) return false;
        }
    }
    shape->pos = gen_pos_from(p, first);
    gen_list_push(p->ctx, &query->shapes, shape);
    return !p->failed;
}

static bool want_shapes(gen_parser *p, gen_query *query)
{
    if (!gen_take_punct(p, "(")) return want_shape(p, query);
    query->is_tuple = true;
    do {
        if (!want_shape(p, query)) return false;
    } while (gen_take_punct(p, ","));
    return gen_want_punct(p, ")", "after the shapes");
}

/* ident , "(" , parms , ")" , "->" , shape , { attr } */
bool gen_query_head(gen_parser *p, gen_query *query)
{
    if (!gen_want_name(p, "the name of the query", &query->name,
                       &query->pos)) return false;
    if (!gen_want_parms(p, &query->params, true)) return false;
    if (!gen_want_punct(p, "->", "and what the query gives")) return false;
    if (!want_shapes(p, query)) return false;
    gen_read_attrs(p, &query->attrs);
    return !p->failed;
}

/* -------------------------------------------------------------- statements */

/* How often a name is bound at this place. */
typedef struct bound_name {
    unsigned live;
} bound_name;

/* A name the body binds: `level` brackets deep, live from `;` on when it
 * waits, dropped at the `;` or `,` of its level when it is short. */
typedef struct binding {
    bound_name *of;
    unsigned level;
    bool waits, is_short;
} binding;

typedef struct body_walk {
    gen_parser *p;
    gen_query *query;
    gen_list bound; /* binding, the deepest last */
    unsigned level;
    uint32_t first; /* of the statement */
} body_walk;

static bool is_servers(gen_str name)
{
    static const char *const words[] = {
        "auth", "session", "token", "access", "scope", "before", "after",
        "event", "value", "input", "this", "parent", "request", "reference",
        NULL
    };
    size_t i;

    for (i = 0; words[i] != NULL; i++) {
        if (gen_str_is(name, words[i])) return true;
    }
    return false;
}

static void bind(body_walk *w, gen_str name, bool waits, bool is_short)
{
    gen_ctx *ctx = w->p->ctx;
    binding *b = (binding *)gen_new(ctx, sizeof *b);

    b->of = (bound_name *)gen_map_get(ctx, w->query, GEN_KEY_BOUND, name);
    if (b->of == NULL) {
        b->of = (bound_name *)gen_new(ctx, sizeof *b->of);
        gen_map_set(ctx, w->query, GEN_KEY_BOUND, name, b->of);
    }
    b->level = w->level;
    b->waits = waits;
    b->is_short = is_short;
    b->of->live += !waits;
    gen_list_push(ctx, &w->bound, b);
}

static bool is_bound(const body_walk *w, gen_str name)
{
    const bound_name *of = (const bound_name *)gen_map_get(w->p->ctx,
                           w->query, GEN_KEY_BOUND, name);
    return of != NULL && of->live > 0;
}

/* At a `;` or `,`, or behind a closing bracket. */
static void unbind(body_walk *w, bool semicolon)
{
    size_t i;

    while (w->bound.count > 0) {
        const binding *b = (const binding *)w->bound.at[w->bound.count - 1];
        if (b->level <= w->level && !(b->is_short && b->level == w->level)) {
            break;
        }
        b->of->live -= !b->waits;
        w->bound.count--;
    }
    for (i = w->bound.count; semicolon && i > 0; i--) {
        binding *b = (binding *)w->bound.at[i - 1];
        if (!b->waits || b->level < w->level) break;
        b->waits = false;
        b->of->live++;
    }
}

static void use_name(body_walk *w, gen_str name, gen_pos pos)
{
    gen_query *query = w->query;
    gen_name *use;

    if (is_servers(name) || is_bound(w, name)) return;
    if (gen_map_get(w->p->ctx, query, GEN_KEY_USED, name) != NULL) return;
    use = (gen_name *)gen_new(w->p->ctx, sizeof *use);
    use->text = name;
    use->pos = pos;
    gen_map_set(w->p->ctx, query, GEN_KEY_USED, name, use);
    gen_list_push(w->p->ctx, &query->uses, use);
}

enum { CLOSURE_LOOK = 256 };

/* "|" , [ param , [ ":" , type ] , { "," , ... } ] , "|" : a closure's
 * parameters, when a `|` stands before a `$` and one follows on its level. */
static bool closure_params(body_walk *w)
{
    gen_parser *p = w->p;
    gen_parser q = *p;
    unsigned angle = 0;
    unsigned look;

    if (!gen_at_punct(p, "|") || gen_peek(p, 1)->kind != GEN_TOK_PARAM) {
        return false;
    }
    q.failed = true;
    gen_next(&q);
    for (look = 0; look < CLOSURE_LOOK;) {
        bool type = false;
        if (gen_now(&q)->kind != GEN_TOK_PARAM) return false;
        bind(w, gen_param_name(p->ctx, gen_text(&q)), false, true);
        gen_next(&q);
        if (gen_take_punct(&q, ":")) type = true;
        while (type && !gen_at_end(&q) && look++ < CLOSURE_LOOK) {
            bool sum = angle > 0 || gen_now(&q)->kind != GEN_TOK_PUNCT;
            if (gen_at_punct(&q, "<")) angle++;
            if (gen_at_punct(&q, ">") && angle > 0) angle--;
            if (!sum && (gen_at_punct(&q, ",") || gen_at_punct(&q, "|"))) {
                break;
            }
            if (gen_at_punct(&q, ";")) return false;
            gen_next(&q);
        }
        look++;
        if (gen_take_punct(&q, ",")) continue;
        if (!gen_at_punct(&q, "|")) return false;
        gen_next(&q);
        p->at = q.at;
        p->prev = q.prev;
        return true;
    }
    return false;
}

static void end_statement(body_walk *w)
{
    gen_parser *p = w->p;
    gen_clause *clause;

    if (w->first == UINT32_MAX) return;
    clause = (gen_clause *)gen_new(p->ctx, sizeof *clause);
    clause->present = true;
    clause->pos = gen_pos_from(p, w->first);
    clause->text = gen_slice(p, w->first);
    gen_list_push(p->ctx, &w->query->statements, clause);
    w->first = UINT32_MAX;
}

static void take_param(body_walk *w)
{
    gen_parser *p = w->p;
    gen_str before = gen_tok_str(p->file, &p->tokens[p->prev]);
    gen_str name = gen_param_name(p->ctx, gen_text(p));
    bool follows = p->at != w->first; /* `prev` belongs to the statement */

    if (follows && gen_word_eq(before, "let")) {
        bind(w, name, true, false);
    } else if (follows && gen_word_eq(before, "for")) {
        bind(w, name, false, true);
    } else {
        use_name(w, name, gen_here(p));
    }
    gen_next(p);
}

static bool is_one_of(const gen_parser *p, const char *set)
{
    gen_str text = gen_text(p);

    return gen_now(p)->kind == GEN_TOK_PUNCT && text.len == 1
        && strchr(set, text.ptr[0]) != NULL;
}

/* The tokens up to `end`, whose brackets match. */
static void walk_body(gen_parser *p, gen_query *query, uint32_t end)
{
    body_walk w;

    memset(&w, 0, sizeof w);
    w.p = p;
    w.query = query;
    w.first = UINT32_MAX;
    while (!p->failed && p->at < end && !gen_at_end(p)) {
        bool semicolon = gen_at_punct(p, ";");
        if (semicolon && w.level == 0) end_statement(&w);
        if (semicolon || gen_at_punct(p, ",")) unbind(&w, semicolon);
        if (!semicolon && w.first == UINT32_MAX) w.first = p->at;
        if (gen_now(p)->kind == GEN_TOK_PARAM) {
            take_param(&w);
            continue;
        }
        if (closure_params(&w)) continue;
        if (is_one_of(p, "([{")) w.level++;
        if (is_one_of(p, ")]}") && w.level > 0) {
            w.level--;
            unbind(&w, false);
        }
        gen_next(p);
    }
    end_statement(&w);
}

static void set_body(const gen_parser *p, gen_query *query, uint32_t first)
{
    query->body.present = true;
    query->body.pos = gen_pos_from(p, first);
    query->body.text = gen_slice(p, first);
}

/* "{" , statements , "}" */
static bool want_body(gen_parser *p, gen_query *query)
{
    gen_parser q;
    uint32_t close;

    if (!gen_at_punct(p, "{")) {
        return gen_odd(p, "`{` and the statements");
    }
    q = *p;
    if (!gen_skip_group(p)) return false;
    close = p->prev;
    gen_next(&q);
    if (q.at == close) {
        gen_fail(p, SG1112, gen_here(&q), "this query has no statement");
        return false;
    }
    {
        uint32_t first = q.at;
        walk_body(&q, query, close);
        if (query->statements.count == 0) {
            gen_fail(p, SG1112, gen_here(&q), "this query has no statement");
            return false;
        }
        set_body(&q, query, first);
    }
    return !p->failed;
}

static bool want_result(gen_parser *p, gen_query *query)
{
    gen_str text = gen_text(p);
    gen_pos pos = gen_here(p);
    uint64_t n = 0;
    size_t i;

    if (gen_now(p)->kind != GEN_TOK_INT) {
        return gen_odd(p, "the number of a statement");
    }
    for (i = 0; i < text.len && n <= UINT32_MAX; i++) {
        if (text.ptr[i] != '_') n = n * 10 + (uint64_t)(text.ptr[i] - '0');
    }
    if (n == 0 || n > query->statements.count) {
        gen_fail(p, SG1113, pos, "this query has %u statement%s, there is no "
                 "number %.20s", (unsigned)query->statements.count,
                 query->statements.count == 1 ? "" : "s", text.ptr);
        return false;
    }
    query->result = (int64_t)n;
    gen_next(p);
    return gen_want_punct(p, ";", "to end this");
}

/* query = "query" , head , "{" , statements , "}" , [ "result" , int , ";" ]
 * ; the word in front is taken. */
void gen_parse_query(gen_parser *p, gen_query *query)
{
    query->bad = true;
    if (!gen_query_head(p, query) || !want_body(p, query)) return;
    if (gen_take_word(p, "result")) {
        if (!want_result(p, query)) return;
    } else {
        gen_take_punct(p, ";");
    }
    query->bad = p->failed;
}

/* ------------------------------------------------------------ .surql files */

static bool next_statement(gen_parser *p)
{
    while (!p->failed && !gen_at_end(p) && !gen_at_punct(p, ";")) {
        if (is_one_of(p, "([{")) {
            gen_skip_group(p);
        } else if (is_one_of(p, ")]}")) {
            gen_fail(p, SG1010, gen_here(p), "this `%.1s` closes nothing",
                     gen_text(p).ptr);
        } else {
            gen_next(p);
        }
    }
    return !p->failed;
}

/* What `-- @query` stands before: one statement, or all from BEGIN to COMMIT
 * or CANCEL. */
void gen_query_statement(gen_parser *p, gen_query *query)
{
    gen_parser q = *p;
    uint32_t first = p->at;
    bool block = gen_at_word(p, "begin");
    uint32_t end;

    query->bad = true;
    for (;;) {
        bool last = !block || gen_at_word(p, "commit")
            || gen_at_word(p, "cancel");
        if (!next_statement(p)) return;
        if (last || gen_at_end(p)) break;
        gen_next(p);
        if (gen_at_end(p)) {
            gen_fail(p, SG1114, gen_tok_pos(p->file, &p->tokens[first]),
                     "this `BEGIN` has no `COMMIT` or `CANCEL`");
            return;
        }
    }
    end = p->at;
    walk_body(&q, query, end);
    set_body(&q, query, first);
    query->bad = !gen_want_end(p) || q.failed;
}
