/* surrealgen/schema/global.c: events, analyzers, params, sequences, functions.
 *
 * One rule serves the .sg item and the DEFINE statement: their clauses are
 * the same. In a DEFINE (keep_raw) a clause nobody here knows makes the
 * statement a raw one, so that the language is never behind the server; in
 * an .sg item it is an error. */
#include "front.h"

#include <string.h>

/* Something else was expected: in a DEFINE it may be the server's own. */
bool gen_odd(gen_parser *p, const char *what)
{
    if (gen_missing_semicolon(p)) return false;
    if (p->keep_raw && !gen_at_end(p) && !gen_at_punct(p, ";")) {
        p->unknown = true;
        return false;
    }
    gen_expected(p, what);
    return false;
}

bool gen_odd_name(gen_parser *p, const char *what, gen_str *out,
                  gen_pos *pos)
{
    gen_tok kind = gen_now(p)->kind;

    if (kind != GEN_TOK_IDENT && kind != GEN_TOK_QUOTED) {
        return gen_odd(p, what);
    }
    return gen_want_name(p, what, out, pos);
}

/* words = ident , [ "(" ... ")" ] , { "," , ident , [ "(" ... ")" ] } ; */
bool gen_want_words(gen_parser *p, const char *what, gen_list *words)
{
    do {
        gen_name *name = (gen_name *)gen_new(p->ctx, sizeof *name);
        uint32_t first = p->at;
        if (gen_now(p)->kind != GEN_TOK_IDENT) return gen_odd(p, what);
        gen_next(p);
        if (gen_at_punct(p, "(") && !gen_skip_group(p)) return false;
        name->pos = gen_pos_from(p, first);
        name->text = gen_slice(p, first);
        gen_list_push(p->ctx, words, name);
    } while (gen_take_punct(p, ","));
    return !p->failed;
}

/* fnname = "fn" , "::" , name , { "::" , name } ; without the `fn::` */
bool gen_want_fn(gen_parser *p, gen_str *name, gen_pos *pos)
{
    uint32_t first = p->at;
    gen_buf buf;
    gen_str part;
    gen_pos at;

    if (!gen_at_word(p, "fn")
        || !gen_str_is(gen_tok_str(p->file, gen_peek(p, 1)), "::")) {
        return gen_odd(p, "the name of a function, starting with `fn::`");
    }
    gen_next(p);
    gen_buf_init(&buf, p->ctx);
    while (gen_take_punct(p, "::")) {
        if (gen_at_punct(p, "(")) break; /* `fn::a::(` is read so */
        if (!gen_odd_name(p, "a part of the name", &part, &at)) return false;
        if (buf.len > 0) gen_buf_add_text(&buf, "::");
        gen_buf_add_str(&buf, part);
    }
    if (p->failed || buf.len == 0) return gen_odd(p, "a part of the name");
    *pos = gen_pos_from(p, first);
    *name = gen_buf_str(&buf);
    return true;
}

/* The name in `$name` or "$`name`". */
gen_str gen_param_name(gen_ctx *ctx, gen_str text)
{
    gen_str name = gen_str_sub(text, 1, text.len);

    if (name.len > 0 && name.ptr[0] == '`') return gen_unquote(ctx, name);
    return gen_str_copy(ctx, name.ptr, name.len);
}

static bool want_param_name(gen_parser *p, gen_str *name, gen_pos *pos)
{
    *pos = gen_here(p);
    if (gen_now(p)->kind != GEN_TOK_PARAM) {
        return gen_odd(p, "a name that starts with `$`");
    }
    *name = gen_param_name(p->ctx, gen_text(p));
    if (memchr(name->ptr, 0, name->len) != NULL) {
        gen_fail(p, SG1013, *pos, "a name cannot hold a NUL");
        return false;
    }
    gen_next(p);
    return !p->failed;
}

/* block = "{" , balanced tokens , "}" ; kept with its braces. */
bool gen_block_text(gen_parser *p, gen_clause *out)
{
    uint32_t first = p->at;

    if (!gen_at_punct(p, "{")) return gen_odd(p, "`{`");
    if (!gen_skip_group(p)) return false;
    out->present = true;
    out->pos = gen_pos_from(p, first);
    out->text = gen_slice(p, first);
    return !p->failed;
}

/* ------------------------------------------------------------- parameters */

static bool parm_twice(gen_parser *p, const gen_list *parms, gen_parm *parm)
{
    gen_parm *old = (gen_parm *)gen_map_get(p->ctx, parms, GEN_KEY_PARM,
                                            parm->name);
    gen_diag *diag;

    if (old == NULL) {
        gen_map_set(p->ctx, parms, GEN_KEY_PARM, parm->name, parm);
        return false;
    }
    diag = gen_fail(p, SG1232, parm->pos, "there are two parameters `%s`",
                    gen_clip(p->ctx, parm->name));
    gen_other(p->ctx, diag, old->pos, "first here");
    return true;
}

/* parm = "$" , name , [ ":" , type ] , [ "=" , expr ] ; in signup and signin
 * a name without `$`, in SurrealQL no `=`. */
static bool want_parm(gen_parser *p, gen_list *parms, bool dollar)
{
    static const char *const none[] = { NULL };
    gen_parm *parm = (gen_parm *)gen_new(p->ctx, sizeof *parm);
    bool ok;

    parm->doc = gen_take_docs(p);
    if (dollar || gen_now(p)->kind == GEN_TOK_PARAM) {
        ok = want_param_name(p, &parm->name, &parm->pos);
    } else {
        ok = gen_odd_name(p, "the name of a value", &parm->name, &parm->pos);
    }
    if (!ok || parm_twice(p, parms, parm)) return false;
    parm->type = gen_type_new(p->ctx, GEN_T_ANY, parm->pos);
    if (gen_take_punct(p, ":")) {
        parm->type = gen_parse_type(p);
        if (parm->type == NULL) return false;
    } else if (!p->keep_raw) {
        return gen_odd(p, "`:` and a type");
    }
    gen_list_push(p->ctx, parms, parm);
    if (!dollar || !gen_at_punct(p, "=")) return true;
    if (p->keep_raw) return gen_odd(p, "`,` or `)`");
    gen_next(p);
    return gen_scan_expr(p, none, true, &parm->default_);
}

/* "(" , [ parm , { "," , parm } , [ "," ] ] , ")" */
bool gen_want_parms(gen_parser *p, gen_list *parms, bool dollar)
{
    if (!gen_at_punct(p, "(")) return gen_odd(p, "`(` and the parameters");
    gen_next(p);
    while (!gen_at_punct(p, ")")) {
        if (!want_parm(p, parms, dollar)) return false;
        if (!gen_take_punct(p, ",")) break;
    }
    if (!gen_at_punct(p, ")")) return gen_odd(p, "`,` or `)`");
    gen_next(p);
    return !p->failed;
}

/* ----------------------------------------------------------------- clauses */

static bool want_count(gen_parser *p, const char *what, uint64_t *out)
{
    *out = 0;
    if (gen_now(p)->kind != GEN_TOK_INT) return gen_odd(p, what);
    if (!gen_digits(gen_text(p), INT64_MAX, out)) {
        return gen_odd(p, "a number that fits into 64 bits");
    }
    gen_next(p);
    return !p->failed;
}

/* "none" | "full" | "where" , expr ; for what is not a table */
static bool whole_perms(gen_parser *p, gen_perms *perms)
{
    static const char *const stops[] = { "comment", "permissions", NULL };
    uint32_t first = p->prev;
    gen_perm_rule *rule;
    bool ok = true;

    if (!gen_clause_once(p, perms->kind != GEN_PERM_UNSET, perms->pos)) {
        return false;
    }
    if (gen_take_word(p, "none")) {
        perms->kind = GEN_PERM_NONE;
    } else if (gen_take_word(p, "full")) {
        perms->kind = GEN_PERM_FULL;
    } else if (gen_take_word(p, "where")) {
        perms->kind = GEN_PERM_RULES;
        rule = (gen_perm_rule *)gen_new(p->ctx, sizeof *rule);
        rule->kind = GEN_PERM_WHERE;
        gen_list_push(p->ctx, &perms->rules, rule);
        p->stop_brace = !p->keep_raw;
        ok = gen_scan_expr(p, stops, false, &rule->where);
        p->stop_brace = false;
    } else {
        return gen_odd(p, "`none`, `full` or `where`");
    }
    perms->pos = gen_pos_from(p, first);
    return ok;
}

static bool at_clauses_end(const gen_parser *p)
{
    return p->failed || gen_at_punct(p, ";") || gen_at_end(p);
}

/* ------------------------------------------------------------------ events */

static bool event_async(gen_parser *p, gen_event *event)
{
    if (!gen_clause_once(p, event->async, event->pos)) return false;
    event->async = true;
    for (;;) {
        if (gen_take_word(p, "retry")) {
            event->has_retry = true;
            if (!want_count(p, "how often to try again", &event->retry)) {
                return false;
            }
        } else if (gen_take_word(p, "maxdepth")) {
            event->has_maxdepth = true;
            if (!want_count(p, "a depth", &event->maxdepth)) return false;
        } else {
            return !p->failed;
        }
    }
}

/* "then" , expr , { "," , expr } */
static bool event_then(gen_parser *p, gen_event *event)
{
    static const char *const stops[] = {
        "when", "async", "comment", NULL
    };
    gen_pos first = { NULL, 0, 0, 0, 0 };

    if (!gen_clause_once(p, event->then.count > 0, first)) return false;
    do {
        gen_clause *then = (gen_clause *)gen_new(p->ctx, sizeof *then);
        if (!gen_scan_expr(p, stops, true, then)) return false;
        gen_list_push(p->ctx, &event->then, then);
    } while (gen_take_punct(p, ","));
    return true;
}

/* [ "async" , [ "retry" , int ] , [ "maxdepth" , int ] ] , [ "when" , expr ]
 * , "then" , expr , { "," , expr } , [ "comment" , expr ] ; behind the name
 * and the table. */
bool gen_parse_event(gen_parser *p, gen_event *event)
{
    static const char *const words[] = {
        "async", "when", "then", "comment", NULL
    };
    bool ok = true;

    while (ok && !at_clauses_end(p)) {
        if (gen_take_word(p, "async")) {
            ok = event_async(p, event);
        } else if (gen_take_word(p, "when")) {
            ok = gen_take_clause(p, words, &event->when);
        } else if (gen_take_word(p, "then")) {
            ok = event_then(p, event);
        } else if (gen_take_word(p, "comment")) {
            ok = gen_take_clause(p, words, &event->comment);
        } else {
            gen_unknown_clause(p, "event", words);
            ok = false;
        }
    }
    if (!ok || p->failed) return false;
    if (event->then.count > 0) return gen_want_end(p);
    return gen_odd(p, "`then` and what the event does");
}

/* --------------------------------------------------------------- analyzers */

/* name , [ "function" , fnname ] , [ "tokenizers" , words ]
 * , [ "filters" , words ] , [ "comment" , expr ] ; */
bool gen_parse_analyzer(gen_parser *p, gen_analyzer *a)
{
    static const char *const words[] = {
        "function", "tokenizers", "filters", "comment", NULL
    };
    gen_str fn;
    gen_pos pos;
    bool ok = gen_odd_name(p, "the name of an analyzer", &a->name, &a->pos);

    if (ok) gen_read_attrs(p, &a->attrs);
    while (ok && !at_clauses_end(p)) {
        if (gen_take_word(p, "tokenizers")) {
            ok = gen_clause_once(p, a->tokenizers.count > 0, a->pos)
                && gen_want_words(p, "a tokenizer", &a->tokenizers);
        } else if (gen_take_word(p, "filters")) {
            ok = gen_clause_once(p, a->filters.count > 0, a->pos)
                && gen_want_words(p, "a filter", &a->filters);
        } else if (gen_take_word(p, "function")) {
            ok = gen_clause_once(p, a->function.len > 0, a->pos)
                && gen_want_fn(p, &fn, &pos);
            if (ok) a->function = gen_str_copy(p->ctx, p->file->text.ptr
                                               + pos.off, pos.len);
        } else if (gen_take_word(p, "comment")) {
            ok = gen_take_clause(p, words, &a->comment);
        } else {
            gen_unknown_clause(p, "analyzer", words);
            ok = false;
        }
    }
    return ok && !p->failed && gen_want_end(p);
}

/* ------------------------------------------------------ params, sequences */

static const char *const param_words[] = {
    "value", "permissions", "comment", NULL
};

/* "$" , name , ":" , type , "=" , expr , { clause } ; in SurrealQL
 * "$" , name , { "VALUE" , expr | clause } */
bool gen_parse_param(gen_parser *p, gen_param *param, bool define)
{
    bool ok = want_param_name(p, &param->name, &param->pos);

    if (ok && !define) {
        if (!gen_want_punct(p, ":", "and the type")) return false;
        param->type = gen_parse_type(p);
        if (param->type == NULL) return false;
        gen_read_attrs(p, &param->attrs);
        ok = gen_want_punct(p, "=", "and the value")
            && gen_scan_expr(p, param_words + 1, false, &param->value);
    }
    while (ok && !at_clauses_end(p)) {
        if (define && gen_take_word(p, "value")) {
            ok = gen_take_clause(p, param_words, &param->value);
        } else if (gen_take_word(p, "permissions")) {
            ok = whole_perms(p, &param->perms);
        } else if (gen_take_word(p, "comment")) {
            ok = gen_take_clause(p, param_words, &param->comment);
        } else {
            gen_unknown_clause(p, "param", param_words + !define);
            ok = false;
        }
    }
    if (!ok || p->failed) return false;
    if (!param->value.present) return gen_odd(p, "`VALUE` and an expression");
    return gen_want_end(p);
}

static bool sequence_start(gen_parser *p, gen_sequence *s)
{
    bool minus = gen_take_punct(p, "-");
    uint64_t n;

    if (!want_count(p, "the first number", &n)) return false;
    s->has_start = true;
    s->start = minus ? -(int64_t)n : (int64_t)n;
    return true;
}

static bool sequence_timeout(gen_parser *p, gen_sequence *s)
{
    uint32_t first = p->at;

    if (gen_now(p)->kind != GEN_TOK_DURATION && !gen_at_word(p, "none")) {
        return gen_odd(p, "a duration such as `5s`");
    }
    gen_next(p);
    s->timeout.present = true;
    s->timeout.pos = gen_pos_from(p, first);
    s->timeout.text = gen_slice(p, first);
    return !p->failed;
}

/* name , { "batch" , int | "start" , int | "timeout" , duration } ; */
bool gen_parse_sequence(gen_parser *p, gen_sequence *s)
{
    static const char *const words[] = { "batch", "start", "timeout", NULL };
    bool ok = gen_odd_name(p, "the name of a sequence", &s->name, &s->pos);

    if (ok) gen_read_attrs(p, &s->attrs);
    while (ok && !at_clauses_end(p)) {
        if (gen_take_word(p, "batch")) {
            ok = gen_clause_once(p, s->has_batch, s->pos)
                && want_count(p, "how many to take at once", &s->batch);
            s->has_batch = true;
        } else if (gen_take_word(p, "start")) {
            ok = gen_clause_once(p, s->has_start, s->pos)
                && sequence_start(p, s);
        } else if (gen_take_word(p, "timeout")) {
            ok = gen_clause_once(p, s->timeout.present, s->timeout.pos)
                && sequence_timeout(p, s);
        } else {
            gen_unknown_clause(p, "sequence", words);
            ok = false;
        }
    }
    return ok && !p->failed && gen_want_end(p);
}

/* --------------------------------------------------------------- functions */

/* fnname , "(" , parms , ")" , [ "->" , type ] , { clause } , block ,
 * { clause } ; an .sg item ends with its block. */
bool gen_parse_function(gen_parser *p, gen_function *f, bool define)
{
    static const char *const words[] = { "permissions", "comment", NULL };
    bool ok = gen_want_fn(p, &f->name, &f->pos)
        && gen_want_parms(p, &f->params, true);

    if (ok && gen_take_punct(p, "->")) {
        f->returns = gen_parse_type(p);
        ok = f->returns != NULL;
    }
    if (ok) gen_read_attrs(p, &f->attrs);
    while (ok && !at_clauses_end(p)) {
        if (gen_at_punct(p, "{") && !f->body.present) {
            ok = gen_block_text(p, &f->body);
            if (ok && !define) break;
        } else if (gen_take_word(p, "permissions")) {
            ok = whole_perms(p, &f->perms);
        } else if (gen_take_word(p, "comment")) {
            p->stop_brace = !define;
            ok = gen_take_clause(p, words, &f->comment);
            p->stop_brace = false;
        } else {
            gen_unknown_clause(p, "function", words);
            ok = false;
        }
    }
    if (!ok || p->failed) return false;
    if (!f->body.present) return gen_odd(p, "`{` and the body");
    if (define) return gen_want_end(p);
    gen_take_punct(p, ";");
    return !p->failed;
}
