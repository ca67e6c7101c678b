/* surrealgen/schema/block.c: the items of .sg files.
 *
 * An item starts with its word, behind doc comments and attributes. Models
 * and their kin are in member.c, what belongs to no table in item.c. */
#include "front.h"

#include <inttypes.h>
#include <string.h>

/* --------------------------------------------------------------- settings */

static bool parse_number(gen_str text, size_t *i, int *out)
{
    size_t from = *i;

    *out = 0;
    while (*i < text.len && text.ptr[*i] >= '0' && text.ptr[*i] <= '9'
           && *out < 1000) {
        *out = *out * 10 + (text.ptr[*i] - '0');
        (*i)++;
    }
    return *i > from;
}

static void set_twice(gen_parser *p, gen_pos pos, gen_pos first,
                      const char *what)
{
    gen_diag *diag;

    p->recovered = true; /* the `;` is taken already */
    diag = gen_fail(p, SG1206, pos, "the %s is already something else", what);
    gen_other(p->ctx, diag, first, "set here");
}

/* "target" , "surrealdb" , version , ";" */
static void parse_target(gen_parser *p)
{
    gen_schema *schema = &p->ctx->schema;
    gen_version v = { 0, 0 };
    gen_pos pos;
    gen_str text;
    size_t i = 0;
    bool ok;

    gen_next(p);
    if (!gen_take_word(p, "surrealdb")) {
        gen_expected(p, "`surrealdb` and a version");
        return;
    }
    pos = gen_here(p);
    text = gen_text(p);
    ok = gen_now(p)->kind == GEN_TOK_INT || gen_now(p)->kind == GEN_TOK_FLOAT;
    ok = ok && parse_number(text, &i, &v.major);
    if (ok && i < text.len) {
        i++;
        ok = parse_number(text, &i, &v.minor);
    }
    if (!ok || i != text.len || v.major < 2 || v.major > 3) {
        gen_expected(p, "a version of SurrealDB, 2.0 to 3.x");
        return;
    }
    gen_next(p);
    /* `2.x` is the last of them. */
    if (i == 1 && gen_at_punct(p, ".")
        && gen_word_eq(gen_tok_str(p->file, gen_peek(p, 1)), "x")) {
        gen_next(p);
        gen_next(p);
        v.minor = v.major == 2 ? 6 : 0;
    }
    if (!gen_want_end(p) || p->ctx->target_fixed) return;
    if (schema->target_pos.file != NULL && (schema->target.major != v.major
        || schema->target.minor != v.minor)) {
        set_twice(p, pos, schema->target_pos, "target");
        return;
    }
    schema->target = v;
    schema->target_pos = pos;
}

/* "prefix" , ident , ";" | "namespace" , ident , ";" */
static void parse_name_setting(gen_parser *p)
{
    gen_schema *schema = &p->ctx->schema;
    bool prefix = gen_at_word(p, "prefix");
    gen_str name;
    gen_pos pos;

    gen_next(p);
    if (!gen_want_name(p, "a name", &name, &pos) || !gen_want_end(p)) return;
    if (!prefix) {
        schema->namespace_ = name;
        return;
    }
    if (schema->prefix.len > 0 && !gen_str_eq(schema->prefix, name)) {
        set_twice(p, pos, schema->prefix_pos, "prefix");
        return;
    }
    schema->prefix = name;
    schema->prefix_pos = pos;
}

/* ------------------------------------------------------------------ enums */

static bool variant_number(gen_parser *p, gen_variant *v, int64_t next)
{
    bool minus = gen_take_punct(p, "-");
    gen_str text = gen_text(p);
    uint64_t most = (uint64_t)INT64_MAX + minus;
    uint64_t n;

    v->number = next;
    if (gen_now(p)->kind != GEN_TOK_INT) {
        gen_expected(p, "a whole number");
        return false;
    }
    if (!gen_digits(text, most, &n)) {
        gen_expected(p, "a number that fits into 64 bits");
        return false;
    }
    v->number = n > INT64_MAX ? INT64_MIN : (int64_t)n;
    if (minus && n <= INT64_MAX) v->number = -v->number;
    gen_next(p);
    return true;
}

/* What the database holds would be read as the first of the two. */
static void value_twice(gen_parser *p, const gen_enum *e, gen_variant *v)
{
    const void *scope = &e->variants; /* names have the enum itself */
    gen_str key = v->value;
    gen_variant *old;
    gen_diag *diag;
    gen_buf text;

    if (p->failed) return;
    if (e->is_int) {
        gen_buf_init(&text, p->ctx);
        gen_buf_add_fmt(&text, "%" PRId64, v->number);
        key = gen_buf_str(&text);
    }
    old = (gen_variant *)gen_map_get(p->ctx, scope, GEN_KEY_VARIANT, key);
    if (old == NULL) {
        gen_map_set(p->ctx, scope, GEN_KEY_VARIANT, key, v);
        return;
    }
    diag = gen_fail(p, SG1204, v->pos, "`%s` and `%s` are the same value, "
                    "%s", gen_clip(p->ctx, old->name),
                    gen_clip(p->ctx, v->name), gen_clip(p->ctx, key));
    gen_other(p->ctx, diag, old->pos, "first here");
}

static void variant_twice(gen_parser *p, const gen_enum *e, gen_variant *v)
{
    gen_variant *old = (gen_variant *)gen_map_get(p->ctx, e, GEN_KEY_VARIANT,
                                                  v->name);
    gen_diag *diag;

    if (old == NULL) {
        gen_map_set(p->ctx, e, GEN_KEY_VARIANT, v->name, v);
        return;
    }
    diag = gen_fail(p, SG1204, v->pos, "`%s` has two variants `%s`",
                    gen_clip(p->ctx, e->name), gen_clip(p->ctx, v->name));
    gen_other(p->ctx, diag, old->pos, "first here");
}

/* variant = [ docs ] , ident , [ "=" , ( string | int ) ] , { attr } ; */
static bool parse_variant(gen_parser *p, gen_enum *e, int64_t *next)
{
    gen_variant *v = (gen_variant *)gen_new(p->ctx, sizeof *v);

    v->doc = gen_take_docs(p);
    if (!gen_want_name(p, "the name of a variant", &v->name, &v->pos)) {
        return false;
    }
    v->value = v->name;
    v->number = *next;
    if (gen_take_punct(p, "=")) {
        if (e->is_int) {
            if (!variant_number(p, v, *next)) return false;
        } else if (gen_now(p)->kind == GEN_TOK_STRING) {
            v->value = gen_unquote(p->ctx, gen_text(p));
            gen_next(p);
        } else {
            gen_expected(p, "a string");
            return false;
        }
    }
    *next = v->number < INT64_MAX ? v->number + 1 : v->number;
    gen_read_attrs(p, &v->attrs);
    gen_check_attrs(p, &v->attrs, GEN_PLACE_VARIANT, "a variant");
    variant_twice(p, e, v);
    value_twice(p, e, v);
    gen_list_push(p->ctx, &e->variants, v);
    return !p->failed;
}

enum { VARIANTS_MAX = 4096 };

/* enum = "enum" , ident , ":" , ( "string" | "int" ) , "{" , variant ,
 *        { "," , variant } , [ "," ] , "}" ; */
static void parse_enum(gen_parser *p, gen_str doc, const gen_attrs *attrs)
{
    gen_enum *e = (gen_enum *)gen_new(p->ctx, sizeof *e);
    int64_t next = 0;

    gen_next(p);
    e->doc = doc;
    e->attrs = *attrs;
    if (!gen_want_name(p, "the name of the enum", &e->name, &e->pos)) return;
    gen_list_push(p->ctx, &p->ctx->schema.enums, e);
    gen_item_push(p, GEN_ITEM_ENUM, e, e->pos);
    e->bad = true;
    gen_read_attrs(p, &e->attrs);
    if (gen_take_punct(p, ":")) {
        e->is_int = gen_at_word(p, "int");
        if (!gen_take_word(p, "int") && !gen_take_word(p, "string")) {
            gen_expected(p, "`string` or `int`");
            return;
        }
    }
    gen_read_attrs(p, &e->attrs);
    gen_check_attrs(p, &e->attrs, GEN_PLACE_ENUM, "an enum");
    if (p->failed) return;
    if (!gen_want_punct(p, "{", "and the variants")) return;
    do {
        if (e->variants.count > 0 && gen_at_punct(p, "}")) break;
        if (e->variants.count == VARIANTS_MAX) {
            gen_fail(p, SG1011, gen_here(p), "this enum has more than %d "
                     "variants", VARIANTS_MAX);
            return;
        }
        if (!parse_variant(p, e, &next)) return;
    } while (gen_take_punct(p, ","));
    if (!gen_want_punct(p, "}", "to close the enum")) return;
    gen_take_punct(p, ";");
    e->bad = p->failed;
}

/* ------------------------------------------------------------------ items */

static void unknown_item(gen_parser *p)
{
    static const char *const words[] = {
        "model", "edge", "enum", "struct", "target", "prefix", "namespace",
        "define", "include", "type", "mixin", "view", "analyzer", "param",
        "sequence", "function", "access", "user", "event", "query", NULL
    };
    gen_guess guess;
    gen_diag *diag;

    if (gen_now(p)->kind != GEN_TOK_IDENT) {
        gen_expected(p, "`model`, `edge`, `enum`, `struct` or `DEFINE`");
        return;
    }
    diag = gen_fail(p, SG1102, gen_here(p), "no item starts with `%s`",
                    gen_clip(p->ctx, gen_text(p)));
    gen_guess_start(&guess, gen_text(p));
    gen_guess_words(&guess, words);
    if (guess.best.len > 0) {
        gen_hint(p->ctx, diag, "did you mean `%s`?", guess.best.ptr);
    }
}

/* typedef = "type" , ident , "=" , type , ";" ; */
static void parse_alias(gen_parser *p, gen_str doc, const gen_attrs *attrs)
{
    gen_alias *alias = (gen_alias *)gen_new(p->ctx, sizeof *alias);

    gen_next(p);
    alias->doc = doc;
    alias->attrs = *attrs;
    if (!gen_want_name(p, "the name of the type", &alias->name,
                       &alias->pos)) return;
    gen_list_push(p->ctx, &p->ctx->schema.aliases, alias);
    gen_item_push(p, GEN_ITEM_ALIAS, alias, alias->pos);
    alias->bad = true; /* known even so: its uses are not reported again */
    alias->type = gen_type_new(p->ctx, GEN_T_ANY, alias->pos);
    if (gen_want_punct(p, "=", "and the type")) {
        gen_type *type = gen_parse_type(p);
        if (type == NULL) return;
        alias->type = type;
        gen_read_attrs(p, &alias->attrs);
        gen_check_attrs(p, &alias->attrs, GEN_PLACE_ALIAS, "a type");
        if (!p->failed) alias->bad = !gen_want_end(p);
    }
}

static void parse_query(gen_parser *p, gen_str doc, const gen_attrs *attrs)
{
    gen_query *query = (gen_query *)gen_new(p->ctx, sizeof *query);

    gen_next(p);
    query->doc = doc;
    query->attrs = *attrs;
    gen_parse_query(p, query);
    if (query->name.len == 0) return;
    if (!p->failed) {
        gen_check_attrs(p, &query->attrs, GEN_PLACE_QUERY, "a query");
        p->recovered = p->failed;
    }
    gen_item_push(p, GEN_ITEM_QUERY, query, query->pos);
}

/* Words that start an item with a block or a name. */
static bool parse_block_item(gen_parser *p, gen_str doc,
                             const gen_attrs *attrs)
{
    if (gen_at_word(p, "enum")) {
        parse_enum(p, doc, attrs);
    } else if (gen_at_word(p, "struct")) {
        gen_parse_struct(p, doc, attrs);
    } else if (gen_at_word(p, "mixin")) {
        gen_parse_mixin(p, doc, attrs);
    } else if (gen_at_word(p, "model") || gen_at_word(p, "edge")) {
        gen_parse_model(p, doc, attrs);
    } else if (gen_at_word(p, "view")) {
        gen_parse_view(p, doc, attrs);
    } else if (gen_at_word(p, "type")) {
        parse_alias(p, doc, attrs);
    } else if (gen_at_word(p, "query")) {
        parse_query(p, doc, attrs);
    } else {
        return false;
    }
    return true;
}

static bool parse_setting(gen_parser *p, const gen_attrs *attrs)
{
    bool target = gen_at_word(p, "target");
    bool include = gen_at_word(p, "include");

    if (!target && !include && !gen_at_word(p, "prefix")
        && !gen_at_word(p, "namespace")) return false;
    gen_check_attrs(p, attrs, include ? GEN_PLACE_RAW : GEN_PLACE_NONE,
                    "a setting");
    if (p->failed) return true;
    if (target) {
        parse_target(p);
    } else if (include) {
        gen_parse_include(p);
    } else {
        parse_name_setting(p);
    }
    return true;
}

/* item = [ docs ] , { attr } , ( setting | include | enum | struct | typedef
 *      | mixin | model | edge | view | analyzer | param | sequence | function
 *      | access | user | event | query | raw ) ; */
void gen_parse_item(gen_parser *p)
{
    gen_attrs attrs;
    gen_str doc = gen_take_docs(p);

    memset(&attrs, 0, sizeof attrs);
    gen_read_attrs(p, &attrs);
    if (p->failed) return;
    if (gen_at_word(p, "define")) {
        gen_parse_define(p, doc, &attrs);
    } else if (!parse_setting(p, &attrs) && !parse_block_item(p, doc, &attrs)
               && !gen_parse_global(p, doc, &attrs)) {
        unknown_item(p);
    }
}
