/* surrealgen/schema/attr.c: attributes, and annotations in comments.
 *
 * In .surql files `-- @...` comments hold the same attributes; a word nobody
 * knows is an error there too, which is what makes comments safe as syntax.
 * A place where an attribute means nothing is an error as well: a person who
 * wrote it expects something of it. */
#include "front.h"

#include <string.h>

static bool attr_arg_value(gen_parser *p, gen_attr_arg *arg)
{
    uint32_t first = p->at;

    arg->pos = gen_here(p);
    if (gen_now(p)->kind == GEN_TOK_STRING) {
        arg->text = gen_unquote(p->ctx, gen_text(p));
        arg->is_string = true;
        gen_next(p);
        return true;
    }
    while (!gen_at_punct(p, ",") && !gen_at_punct(p, ")")) {
        if (p->failed || gen_at_end(p) || gen_at_punct(p, ";")) break;
        gen_next(p);
    }
    if (p->at == first) {
        gen_expected(p, "a value");
        return false;
    }
    arg->pos = gen_pos_from(p, first);
    arg->text = gen_slice(p, first);
    return !p->failed;
}

/* arg = [ ident , ":" ] , ( ident | number | string | path ) ; */
static bool attr_args(gen_parser *p, gen_attr *attr)
{
    do {
        gen_attr_arg *arg = (gen_attr_arg *)gen_new(p->ctx, sizeof *arg);
        gen_str next = gen_tok_str(p->file, gen_peek(p, 1));
        arg->key = gen_str_lit("");
        if (gen_now(p)->kind == GEN_TOK_IDENT && gen_str_is(next, ":")) {
            gen_str text = gen_text(p);
            arg->key = gen_str_copy(p->ctx, text.ptr, text.len);
            gen_next(p);
            gen_next(p);
        }
        if (!attr_arg_value(p, arg)) return false;
        gen_list_push(p->ctx, &attr->args, arg);
    } while (gen_take_punct(p, ","));
    return gen_want_punct(p, ")", "after the arguments");
}

static bool parse_max(gen_str text, uint64_t *out)
{
    uint64_t n = 0;
    size_t i;

    for (i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9') return false;
        n = n * 10 + (uint64_t)(text.ptr[i] - '0');
        if (n > 0x7fffffff) return false;
    }
    *out = n;
    return n > 0;
}

static bool is_c_name(gen_str text)
{
    size_t i;

    for (i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';
        if (!letter && c != '_' && (i == 0 || c < '0' || c > '9')) {
            return false;
        }
    }
    return text.len > 0;
}

/* @c(name: x, max: n, skip) */
static void attr_c(gen_parser *p, gen_attrs *attrs, const gen_attr_arg *arg)
{
    static const char *const keys[] = {
        "name", "max", "skip", "type", "via", "include", "unknown", NULL
    };
    gen_str key = arg->key.len > 0 ? arg->key : arg->text;
    gen_guess guess;
    gen_diag *diag;

    if (gen_str_is(key, "skip") && arg->key.len == 0) {
        attrs->skip = true;
    } else if (gen_str_is(arg->key, "name")) {
        attrs->c_name = arg->text;
        if (!is_c_name(arg->text)) {
            gen_fail(p, SG1108, arg->pos, "`%s` cannot be a name in C",
                     gen_clip(p->ctx, arg->text));
        }
    } else if (gen_str_is(arg->key, "max")) {
        if (!parse_max(arg->text, &attrs->c_max)) {
            gen_fail(p, SG1108, arg->pos, "`max` takes a number of bytes, "
                     "1 or more");
        }
    } else if (gen_str_is(arg->key, "type") || gen_str_is(arg->key, "via")) {
        if (!arg->is_string || arg->text.len == 0
            || (arg->key.ptr[0] == 'v' && !is_c_name(arg->text))) {
            gen_fail(p, SG1108, arg->pos, arg->key.ptr[0] == 'v'
                     ? "`via` takes the start of two names in C, as a string"
                     : "`type` takes a type of C, as a string");
        }
    } else if (gen_str_is(arg->key, "include")) {
        if (!arg->is_string || arg->text.len == 0) {
            gen_fail(p, SG1108, arg->pos, "`include` takes the name of a "
                     "header, as a string");
        }
    } else if (gen_str_is(arg->key, "unknown")) {
        if (!gen_str_is(arg->text, "skip") && !gen_str_is(arg->text, "keep")
            && !gen_str_is(arg->text, "error")) {
            gen_fail(p, SG1108, arg->pos, "`unknown` takes `skip`, `keep` or "
                     "`error`");
        }
    } else {
        diag = gen_fail(p, SG1107, arg->pos, "`@c` has no argument `%s`",
                        gen_clip(p->ctx, key));
        gen_guess_start(&guess, key);
        gen_guess_words(&guess, keys);
        if (guess.best.len > 0) {
            gen_hint(p->ctx, diag, "did you mean `%s`?", guess.best.ptr);
        } else {
            gen_hint(p->ctx, diag, "it takes `name`, `max`, `type` and "
                     "`via`, `include`, `unknown`, `skip`");
        }
    }
}

/* A user type needs both: what it is called, and what reads and writes it. */
static void attr_c_all(gen_parser *p, gen_attrs *attrs, gen_attr *attr)
{
    bool type = false;
    bool via = false;
    size_t i;

    if (attr->args.count == 0) {
        gen_fail(p, SG1108, attr->pos, "`@c` needs an argument, for example "
                 "`@c(name: x)`");
    }
    for (i = 0; i < attr->args.count; i++) {
        const gen_attr_arg *arg = gen_attr_arg_at(&attr->args, i);
        attr_c(p, attrs, arg);
        type |= gen_str_is(arg->key, "type");
        via |= gen_str_is(arg->key, "via");
    }
    if (type != via) {
        gen_fail(p, SG1108, attr->pos, "`type` and `via` go together: "
                 "`@c(type: \"my_t\", via: \"my_fn\")`");
    }
}

/* @allow(SG1231, "why"): the reason is for the next reader. */
static void attr_allow(gen_parser *p, const gen_attr *attr)
{
    const gen_attr_arg *code = gen_attr_arg_at(&attr->args, 0);
    const gen_attr_arg *why = gen_attr_arg_at(&attr->args, 1);
    gen_allow *allow;
    gen_code which = GEN_CODE_COUNT;

    if (attr->args.count != 2 || code->key.len > 0 || why->key.len > 0
        || !why->is_string || why->text.len == 0) {
        gen_fail(p, SG1108, attr->pos, "`@allow` takes a code and the reason "
                 "as a string: `@allow(SG1231, \"why\")`");
        return;
    }
    if (!gen_find_code(code->text, &which)) {
        gen_fail(p, SG1108, code->pos, "`%s` is not the code of a warning",
                 gen_clip(p->ctx, code->text));
        return;
    }
    if (!gen_code_is_warning(which)) {
        gen_fail(p, SG1241, code->pos, "`%s` is an error, only warnings can "
                 "be allowed", gen_code_text(which));
        return;
    }
    allow = (gen_allow *)gen_new(p->ctx, sizeof *allow);
    allow->code = gen_code_text(which);
    allow->from = p->tokens[p->begin].off;
    if (attr->pos.off < allow->from) allow->from = attr->pos.off;
    allow->to = UINT32_MAX;
    gen_list_push(p->ctx, &p->file->allows[p->in_block], allow);
}

/* The item or member is read: what it allows ends with it. */
void gen_close_allows(gen_parser *p, size_t from)
{
    const gen_token *last = &p->tokens[p->prev];
    const gen_list *allows = &p->file->allows[p->in_block];

    for (; from < allows->count; from++) {
        ((gen_allow *)allows->at[from])->to = last->off + last->len;
    }
}

static void one_argument(gen_parser *p, const gen_attr *attr)
{
    bool text = gen_str_is(attr->name, "deprecated");
    const gen_attr_arg *arg = gen_attr_arg_at(&attr->args, 0);

    if (attr->args.count != 1 || arg->key.len > 0) {
        gen_fail(p, SG1108, attr->pos, "`@%s` takes one argument",
                 attr->name.ptr);
    } else if (text != arg->is_string && !gen_str_is(attr->name, "was")) {
        gen_fail(p, SG1108, arg->pos, text ? "`@deprecated` takes a string: "
                 "what to use instead" : "`@%s` takes a name, not a string",
                 attr->name.ptr);
    } else if (gen_str_is(attr->name, "retry")
               && !gen_str_is(arg->text, "conflict")) {
        gen_fail(p, SG1108, arg->pos, "`@retry` takes `conflict`");
    }
}

static void attr_effect(gen_parser *p, gen_attrs *attrs, gen_attr *attr)
{
    static const char *const ones[] = {
        "was", "encrypt", "since", "deprecated", "retry", NULL
    };
    static const char *const flags[] = {
        "server", "secret", "new", "open", "closed", NULL
    };
    gen_str name = attr->name;

    if (gen_str_is(name, "c")) {
        attr_c_all(p, attrs, attr);
    } else if (gen_str_is(name, "allow")) {
        attr_allow(p, attr);
    } else if (gen_word_in(name, ones)) {
        one_argument(p, attr);
    } else if (gen_word_in(name, flags) && attr->args.count > 0) {
        gen_fail(p, SG1108, attr->pos, "`@%s` takes no argument", name.ptr);
    }
    if (p->failed) return;
    if (gen_str_is(name, "was")) {
        attrs->was = gen_attr_arg_at(&attr->args, 0)->text;
    } else if (gen_str_is(name, "encrypt")) {
        attrs->encrypt = gen_attr_arg_at(&attr->args, 0)->text;
    }
    attrs->server |= gen_str_is(name, "server");
    attrs->secret |= gen_str_is(name, "secret");
    attrs->is_new |= gen_str_is(name, "new");
}

/* ------------------------------------------------------------------ places */

typedef struct place_row {
    const char *name;
    unsigned places; /* 1 << gen_place */
    const char *where;
} place_row;

#define GEN_ON(place) (1u << GEN_PLACE_##place)

static const place_row place_rows[] = {
    { "encrypt", GEN_ON(FIELD), "a column" },
    { "server", GEN_ON(FIELD), "a column" },
    { "secret", GEN_ON(FIELD), "a column" },
    { "was", GEN_ON(FIELD) | GEN_ON(TABLE) | GEN_ON(INDEX)
      | GEN_ON(VARIANT), "a column, a model, an index or a variant" },
    { "new", GEN_ON(FIELD) | GEN_ON(TABLE) | GEN_ON(INDEX)
      | GEN_ON(VARIANT), "a column, a model, an index or a variant" },
    { "open", GEN_ON(ENUM) | GEN_ON(ALIAS) | GEN_ON(FIELD),
      "an enum or a union" },
    { "closed", GEN_ON(ENUM) | GEN_ON(ALIAS) | GEN_ON(FIELD),
      "an enum or a union" },
    { "retry", GEN_ON(QUERY), "a query" },
    { NULL, 0, NULL }
};

#undef GEN_ON

/* Where an attribute stands, NULL when it is right. */
static const char *wrong_place(const gen_attr *attr, gen_place place)
{
    const place_row *row;
    size_t i;

    if (gen_str_is(attr->name, "allow") && place != GEN_PLACE_NONE) {
        return NULL;
    }
    for (row = place_rows; row->name != NULL; row++) {
        if (!gen_str_is(attr->name, row->name)) continue;
        return (row->places >> place & 1) != 0 ? NULL : row->where;
    }
    if (place == GEN_PLACE_NONE || place == GEN_PLACE_RAW) {
        return "what is declared here";
    }
    for (i = 0; place != GEN_PLACE_FIELD && i < attr->args.count; i++) {
        const gen_attr_arg *arg = gen_attr_arg_at(&attr->args, i);
        if (gen_str_is(arg->key, "unknown") && place != GEN_PLACE_ENUM) {
            continue; /* of anything that becomes a struct */
        }
        if (gen_str_is(attr->name, "c") && !gen_str_is(arg->key, "name")) {
            return "a column";
        }
    }
    return NULL;
}

void gen_check_attrs(gen_parser *p, const gen_attrs *attrs, gen_place place,
                     const char *what)
{
    size_t i;

    for (i = 0; !p->failed && i < attrs->list.count; i++) {
        const gen_attr *attr = gen_attr_at(&attrs->list, i);
        const char *where = wrong_place(attr, place);
        gen_diag *diag;
        if (where == NULL) continue;
        diag = gen_fail(p, SG1117, attr->pos, "`@%s` means nothing on %s",
                        attr->name.ptr, what);
        gen_hint(p->ctx, diag, "it goes on %s", where);
    }
}

/* -------------------------------------------------------------- attributes */

static void unknown_attr(gen_parser *p, gen_str name, gen_pos pos)
{
    gen_guess guess;
    gen_diag *diag;
    bool comment = p->tokens != p->file->tokens;

    diag = gen_fail(p, SG1107, pos, comment ? "`-- @%s` is not an annotation"
                    " surrealgen knows" : "`@%s` is not an attribute "
                    "surrealgen knows", gen_clip(p->ctx, name));
    gen_guess_start(&guess, name);
    gen_guess_words(&guess, gen_attr_words);
    if (guess.best.len > 0) {
        gen_hint(p->ctx, diag, "did you mean `@%s`?", guess.best.ptr);
    }
    if (comment) {
        gen_note(p->ctx, diag, "a comment that starts with `-- @` is read as "
                 "an annotation; write `-- (at) ...` for plain text");
    }
}

/* -- @query name(...) -> shape */
static void read_query(gen_parser *p)
{
    gen_diag *diag;
    gen_pos first;

    if (p->query != NULL) {
        first = p->query->pos;
        diag = gen_fail(p, SG1120, gen_here(p), "a statement is one query");
        gen_other(p->ctx, diag, first, "already this one");
        return;
    }
    p->query = (gen_query *)gen_new(p->ctx, sizeof *p->query);
    p->query->from_comment = true;
    if (gen_query_head(p, p->query) && !gen_at_end(p)) {
        gen_expected(p, "the end of the line");
    }
}

/* attr = "@" , ident , [ "(" , [ arg , { "," , arg } ] , ")" ] ; */
void gen_read_attrs(gen_parser *p, gen_attrs *attrs)
{
    while (!p->failed && gen_at_punct(p, "@")) {
        uint32_t first = p->at;
        gen_attr *attr = (gen_attr *)gen_new(p->ctx, sizeof *attr);
        gen_str text;
        gen_next(p);
        text = gen_text(p);
        if (gen_now(p)->kind != GEN_TOK_IDENT) {
            gen_expected(p, "the name of an attribute after `@`");
            return;
        }
        attr->name = gen_str_copy(p->ctx, text.ptr, text.len);
        gen_next(p);
        attr->pos = gen_pos_from(p, first);
        if (gen_str_is(text, "query") && p->tokens != p->file->tokens) {
            read_query(p);
            return;
        }
        if (!gen_word_in(attr->name, gen_attr_words)) {
            unknown_attr(p, attr->name, attr->pos);
            return;
        }
        if (gen_take_punct(p, "(") && !gen_take_punct(p, ")")
            && !attr_args(p, attr)) return;
        gen_list_push(p->ctx, &attrs->list, attr);
        attr_effect(p, attrs, attr);
    }
}

/* The tokens of one `-- @...` comment, placed where the comment is. */
static void read_annotation(gen_parser *p, const gen_token *tok,
                            gen_attrs *attrs)
{
    gen_str text = gen_tok_str(p->file, tok);
    gen_file *part = (gen_file *)gen_new(p->ctx, sizeof *part);
    gen_parser q;
    size_t i;

    part->text = gen_str_copy(p->ctx, text.ptr + 2, text.len - 2);
    gen_lex(p->ctx, part);
    for (i = 0; i < part->token_count; i++) {
        part->tokens[i].off += tok->off + 2;
        part->tokens[i].line = tok->line;
        part->tokens[i].col += tok->col + 1;
    }
    memset(&q, 0, sizeof q);
    q.ctx = p->ctx;
    q.file = p->file;
    q.tokens = part->tokens;
    q.failed = p->failed;
    q.query = p->query;
    if (gen_tok_is_trivia(q.tokens[0].kind)) gen_next(&q);
    gen_read_attrs(&q, attrs);
    p->failed = q.failed;
    p->query = q.query;
}

/* In .surql files attributes ride in comments: -- @c(max: 254) */
void gen_read_annotations(gen_parser *p, gen_attrs *attrs)
{
    uint32_t i;

    for (i = gen_trivia_start(p); i < p->at; i++) {
        const gen_token *tok = &p->tokens[i];
        gen_str text = gen_tok_str(p->file, tok);
        size_t k = 2;
        if (tok->kind != GEN_TOK_COMMENT || text.ptr[0] != '-') continue;
        while (k < text.len && (text.ptr[k] == ' ' || text.ptr[k] == '\t')) {
            k++;
        }
        if (k + 1 < text.len && text.ptr[k] == '@'
            && (text.ptr[k + 1] | 32) >= 'a' && (text.ptr[k + 1] | 32) <= 'z') {
            read_annotation(p, tok, attrs);
        }
    }
}

