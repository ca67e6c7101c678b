/* surrealgen/schema/type.c: the type grammar, one for .surql and .sg.
 *
 * 2.x and 1.x spellings are read into the tree and judged later against the
 * target (version.c), so that the message can say what to write instead. */
#include "front.h"

#include <string.h>

enum { TYPE_PARTS_MAX = 1024 };

gen_type *gen_type_new(gen_ctx *ctx, gen_type_kind kind, gen_pos pos)
{
    gen_type *type = (gen_type *)gen_new(ctx, sizeof *type);

    type->kind = kind;
    type->pos = pos;
    type->core = type;
    return type;
}

static gen_type *parse_type(gen_parser *p);

/* "<" , type , [ "," , int ] , ">" */
static gen_type *type_elem(gen_parser *p, gen_type *type, bool length)
{
    if (!gen_take_punct(p, "<")) return type;
    type->elem = parse_type(p);
    if (type->elem == NULL) return NULL;
    if (length && gen_take_punct(p, ",")) {
        gen_str text = gen_text(p);
        size_t i;
        if (gen_now(p)->kind != GEN_TOK_INT) {
            gen_expected(p, "a length");
            return NULL;
        }
        for (i = 0; i < text.len && type->length < UINT32_MAX; i++) {
            if (text.ptr[i] == '_') continue;
            type->length = type->length * 10
                + (uint64_t)(text.ptr[i] - '0');
        }
        type->has_length = true;
        gen_next(p);
    }
    return gen_want_punct(p, ">", "to close the type") ? type : NULL;
}

/* "<" , name , { "|" , name } , ">" ; in 1.x "(" , names , ")" */
static gen_type *type_names(gen_parser *p, gen_type *type, const char *what)
{
    bool round = gen_at_punct(p, "(");
    gen_diag *diag;

    if (round && type->kind != GEN_T_GEOMETRY) {
        gen_pos open = gen_here(p);
        uint32_t at = p->at;
        diag = gen_fail(p, SG406, type->pos, "`%s(...)` is the spelling of "
                        "SurrealDB 1.x", gen_type_word(type->kind));
        gen_hint(p->ctx, diag, "now `%s<...>`", gen_type_word(type->kind));
        while (p->tokens[at].kind != GEN_TOK_END && !gen_str_is(gen_tok_str(
               p->file, &p->tokens[at]), ")")) {
            at++;
        }
        if (p->tokens[at].kind == GEN_TOK_END) return NULL;
        gen_add_edit(p->ctx, diag, open, "<");
        gen_add_edit(p->ctx, diag, gen_tok_pos(p->file, &p->tokens[at]),
                     ">");
        return NULL;
    }
    if (!gen_take_punct(p, "<")) return type;
    if (!gen_want_name_list(p, what, "|", &type->names)) return NULL;
    return gen_want_punct(p, ">", "to close the type") ? type : NULL;
}

static gen_type *type_geometry(gen_parser *p, gen_type *type)
{
    static const char *const words[] = {
        "point", "line", "polygon", "multipoint", "multiline",
        "multipolygon", "collection", "feature", NULL
    };
    size_t i;

    if (type_names(p, type, "a kind of geometry") == NULL) return NULL;
    for (i = 0; i < type->names.count; i++) {
        gen_name *name = gen_name_at(&type->names, i);
        gen_guess guess;
        gen_diag *diag;
        if (gen_word_in(name->text, words)) continue;
        diag = gen_fail(p, SG1211, name->pos, "there is no geometry called "
                        "`%s`", gen_clip(p->ctx, name->text));
        gen_guess_start(&guess, name->text);
        gen_guess_words(&guess, words);
        if (guess.best.len > 0) {
            gen_hint(p->ctx, diag, "did you mean `%s`?", guess.best.ptr);
        }
        return NULL;
    }
    return type;
}

/* "{" , [ key , ":" , type , { "," , key , ":" , type } ] , "}" */
static gen_type *type_shape(gen_parser *p)
{
    gen_type *type = gen_type_new(p->ctx, GEN_T_SHAPE, gen_here(p));

    gen_next(p);
    while (!gen_at_punct(p, "}")) {
        gen_member *member = (gen_member *)gen_new(p->ctx, sizeof *member);
        gen_str text = gen_text(p);
        member->pos = gen_here(p);
        if (gen_now(p)->kind == GEN_TOK_STRING) {
            member->name = gen_unquote(p->ctx, text);
            gen_next(p);
        } else if (gen_now(p)->kind == GEN_TOK_INT) {
            member->name = gen_str_copy(p->ctx, text.ptr, text.len);
            gen_next(p);
        } else if (!gen_want_name(p, "a key", &member->name, &member->pos)) {
            return NULL;
        }
        if (!gen_want_punct(p, ":", "after the key")) return NULL;
        member->type = parse_type(p);
        if (member->type == NULL) return NULL;
        gen_list_push(p->ctx, &type->members, member);
        if (!gen_take_punct(p, ",")) break;
    }
    return gen_want_punct(p, "}", "to close the object type") ? type : NULL;
}

/* "[" , [ type , { "," , type } ] , "]" */
static gen_type *type_tuple(gen_parser *p)
{
    gen_type *type = gen_type_new(p->ctx, GEN_T_TUPLE, gen_here(p));

    gen_next(p);
    while (!gen_at_punct(p, "]")) {
        gen_type *arm = parse_type(p);
        if (arm == NULL) return NULL;
        gen_list_push(p->ctx, &type->arms, arm);
        if (!gen_take_punct(p, ",")) break;
    }
    return gen_want_punct(p, "]", "to close the tuple type") ? type : NULL;
}

/* literal = string | [ "-" | "+" ] , number | duration | "true" | "false" ; */
static gen_type *type_literal(gen_parser *p)
{
    gen_type *type = gen_type_new(p->ctx, GEN_T_LITERAL, gen_here(p));
    uint32_t first = p->at;
    bool minus = gen_at_punct(p, "-");
    bool sign = minus || gen_at_punct(p, "+");
    gen_str text;

    if (sign) gen_next(p);
    text = gen_text(p);
    if (gen_now(p)->kind == GEN_TOK_STRING && !sign) {
        bool plain = text.ptr[0] == '\'' || text.ptr[0] == '"'
            || text.ptr[0] == 's';
        type->literal_kind = plain ? GEN_L_STRING : GEN_L_OTHER;
        type->value = gen_unquote(p->ctx, text);
    } else if (gen_now(p)->kind == GEN_TOK_INT) {
        gen_buf digits;
        size_t i;
        gen_buf_init(&digits, p->ctx);
        if (minus) gen_buf_add_char(&digits, '-');
        for (i = 0; i < text.len; i++) {
            if (text.ptr[i] != '_') gen_buf_add_char(&digits, text.ptr[i]);
        }
        type->literal_kind = GEN_L_INT;
        type->value = gen_buf_str(&digits);
    } else if (gen_now(p)->kind == GEN_TOK_FLOAT) {
        type->literal_kind = GEN_L_FLOAT;
    } else if (gen_now(p)->kind == GEN_TOK_DECIMAL) {
        type->literal_kind = GEN_L_DECIMAL;
    } else if (gen_now(p)->kind == GEN_TOK_DURATION && !sign) {
        type->literal_kind = GEN_L_DURATION;
    } else if (!sign && (gen_at_word(p, "true") || gen_at_word(p, "false"))) {
        type->literal_kind = GEN_L_BOOL;
    } else {
        gen_expected(p, "a type");
        return NULL;
    }
    gen_next(p);
    type->pos = gen_pos_from(p, first);
    type->literal = gen_slice(p, first);
    return p->failed ? NULL : type;
}

static gen_type *unknown_type(gen_parser *p, gen_str text)
{
    gen_guess guess;
    gen_diag *diag;

    if (p->file->is_sg || p->tokens != p->file->tokens) {
        gen_type *type = gen_type_new(p->ctx, GEN_T_NAME, gen_here(p));
        type->name = gen_str_copy(p->ctx, text.ptr, text.len);
        gen_next(p);
        return type;
    }
    diag = gen_fail(p, SG1211, gen_here(p), "there is no type called `%s`",
                    gen_clip(p->ctx, text));
    gen_guess_start(&guess, text);
    gen_guess_words(&guess, gen_type_words);
    if (guess.best.len > 0) {
        gen_hint(p->ctx, diag, "did you mean `%s`?", guess.best.ptr);
    }
    return NULL;
}

static gen_type *type_word(gen_parser *p)
{
    gen_str text = gen_text(p);
    gen_type *type = gen_type_new(p->ctx, GEN_T_ANY, gen_here(p));
    int kind;

    if (gen_word_eq(text, "point")) {
        gen_name *name = (gen_name *)gen_new(p->ctx, sizeof *name);
        type->kind = GEN_T_GEOMETRY;
        name->text = gen_str_lit("point");
        name->pos = type->pos;
        gen_list_push(p->ctx, &type->names, name);
        gen_next(p);
        return type;
    }
    if (gen_word_eq(text, "true") || gen_word_eq(text, "false")) {
        return type_literal(p);
    }
    if (!gen_word_in(text, gen_type_words)) return unknown_type(p, text);
    for (kind = GEN_T_ANY; kind < GEN_T_REFERENCES; kind++) {
        if (gen_word_eq(text, gen_type_word((gen_type_kind)kind))) break;
    }
    type->kind = (gen_type_kind)kind;
    gen_next(p);
    switch (type->kind) {
    case GEN_T_OPTION:
        if (!gen_at_punct(p, "<")) {
            gen_expected(p, "`<` and a type after `option`");
            return NULL;
        }
        return type_elem(p, type, false);
    case GEN_T_ARRAY:
    case GEN_T_SET:
        return type_elem(p, type, true);
    case GEN_T_RECORD:
    case GEN_T_TABLE:
    case GEN_T_REFERENCES:
        return type_names(p, type, "the name of a table");
    case GEN_T_FILE:
        return type_names(p, type, "the name of a bucket");
    case GEN_T_GEOMETRY:
        return type_geometry(p, type);
    default:
        return type;
    }
}

/* single = word | literal | shape | tuple | name ; */
static gen_type *type_single(gen_parser *p)
{
    p->type_parts++;
    if (p->type_parts > TYPE_PARTS_MAX) {
        gen_fail(p, SG1011, gen_here(p), "this type has more than %d parts",
                 TYPE_PARTS_MAX);
        return NULL;
    }
    if (gen_at_punct(p, "{")) return type_shape(p);
    if (gen_at_punct(p, "[")) return type_tuple(p);
    if (gen_now(p)->kind == GEN_TOK_IDENT) return type_word(p);
    return type_literal(p);
}

/* type = single , { "|" , single } ; */
static gen_type *parse_type(gen_parser *p)
{
    gen_type *type;
    gen_type *both;
    uint32_t first = p->at;

    if (p->depth == GEN_MAX_DEPTH) {
        gen_fail(p, SG1004, gen_here(p), "types are nested more than %d "
                 "deep here", GEN_MAX_DEPTH);
        return NULL;
    }
    p->depth++;
    type = type_single(p);
    if (type != NULL && gen_at_punct(p, "|")) {
        both = gen_type_new(p->ctx, GEN_T_UNION, type->pos);
        gen_list_push(p->ctx, &both->arms, type);
        while (type != NULL && gen_take_punct(p, "|")) {
            type = type_single(p);
            if (type != NULL) gen_list_push(p->ctx, &both->arms, type);
        }
        type = type == NULL ? NULL : both;
    }
    p->depth--;
    if (p->failed || type == NULL) return NULL;
    type->pos = gen_pos_from(p, first);
    return type;
}

gen_type *gen_parse_type(gen_parser *p)
{
    p->type_parts = 0;
    return parse_type(p);
}
