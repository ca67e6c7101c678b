/* surrealgen/migrate/normal.c: definitions in a form in which two can be
 * compared although no server has put them into its own words.
 *
 * A server says `none | int` for option<int>, 'x' for "x", 1w for 7d, adds
 * what is meant by default, drops parentheses or adds some. Where no shadow
 * may be had, both sides are brought to one form: read, filled up with the
 * defaults, printed, and then compared token by token, without parentheses.
 * So (a + b) * c and a + b * c count as one: rather a change overlooked here
 * than one reported that is none. */
#include "../surql/surql.h"
#include "../schema/front.h"
#include "drift.h"

#include <stdlib.h>
#include <string.h>

/* -------------------------------------------------------------------- types */

static void gather(gen_ctx *ctx, gen_type *type, gen_list *arms);

/* NONE first, then by text: the order of a union means nothing. */
static int compare_arms(const void *one, const void *two)
{
    const gen_type *a = *(const gen_type *const *)one;
    const gen_type *b = *(const gen_type *const *)two;
    size_t len = a->name.len < b->name.len ? a->name.len : b->name.len;
    int order = len > 0 ? memcmp(a->name.ptr, b->name.ptr, len) : 0;

    if (order != 0) return order;
    return (a->name.len > b->name.len) - (a->name.len < b->name.len);
}

static int compare_names(const void *one, const void *two)
{
    const gen_name *a = *(const gen_name *const *)one;
    const gen_name *b = *(const gen_name *const *)two;

    return strcmp(a->text.ptr, b->text.ptr);
}

static void level_type(gen_ctx *ctx, gen_type *type)
{
    gen_list arms = { NULL, 0, 0 };
    size_t i;

    if (type == NULL) return;
    if (type->kind == GEN_T_LITERAL
        && type->literal_kind == GEN_L_STRING) {
        gen_buf text;
        gen_buf_init(&text, ctx);
        gen_surql_string(&text, type->value);
        type->literal = gen_buf_str(&text);
    }
    level_type(ctx, type->kind == GEN_T_OPTION ? NULL : type->elem);
    if ((type->kind == GEN_T_ARRAY || type->kind == GEN_T_SET)
        && type->elem != NULL && type->elem->kind == GEN_T_ANY
        && !type->has_length) {
        type->elem = NULL;
    }
    for (i = 0; i < type->members.count; i++) {
        level_type(ctx, gen_member_at(&type->members, i)->type);
    }
    if (type->names.count > 1) {
        qsort(type->names.at, type->names.count, sizeof type->names.at[0],
              compare_names);
    }
    if (type->kind == GEN_T_TUPLE) {
        for (i = 0; i < type->arms.count; i++) {
            level_type(ctx, gen_type_at(&type->arms, i));
        }
    }
    if (type->kind != GEN_T_OPTION && type->kind != GEN_T_UNION) return;
    gather(ctx, type, &arms);
    qsort(arms.at, arms.count, sizeof arms.at[0], compare_arms);
    type->kind = GEN_T_UNION;
    memset(&type->arms, 0, sizeof type->arms);
    for (i = 0; i < arms.count; i++) {
        if (i > 0 && compare_arms(&arms.at[i - 1], &arms.at[i]) == 0) {
            continue;
        }
        gen_list_push(ctx, &type->arms, arms.at[i]);
    }
}

/* The arms of options and unions within each other; GEN_MAX_DEPTH bounds it.
 * Each gets its text as its name, to be sorted by. */
static void gather(gen_ctx *ctx, gen_type *type, gen_list *arms)
{
    gen_buf text;
    size_t i;

    if (type->kind == GEN_T_OPTION) {
        gen_type *none = (gen_type *)gen_new(ctx, sizeof *none);
        none->kind = GEN_T_NONE;
        none->core = none;
        none->name = gen_str_lit("");
        gen_list_push(ctx, arms, none);
        gather(ctx, type->elem, arms);
        return;
    }
    if (type->kind == GEN_T_UNION) {
        for (i = 0; i < type->arms.count; i++) {
            gather(ctx, gen_type_at(&type->arms, i), arms);
        }
        return;
    }
    level_type(ctx, type);
    gen_buf_init(&text, ctx);
    if (type->kind != GEN_T_NONE) gen_surql_type(&text, type);
    type->name = gen_buf_str(&text);
    gen_list_push(ctx, arms, type);
}

/* ----------------------------------------------------------------- defaults */

static void put_clause(gen_clause *clause, const char *text)
{
    if (clause->present) return;
    clause->present = true;
    clause->text = gen_str_lit(text);
}

static void put_perms(gen_perms *perms, gen_perm_kind kind)
{
    if (perms->kind == GEN_PERM_UNSET) perms->kind = kind;
}

/* One rule for each operation, in their order; what no rule is about is as
 * `otherwise`, and rules that are all alike are one word. */
static void level_perms(gen_ctx *ctx, gen_perms *perms, unsigned ops,
                        gen_perm_kind otherwise)
{
    gen_list rules = { NULL, 0, 0 };
    bool alike = true;
    unsigned op;
    size_t i;

    put_perms(perms, otherwise);
    if (perms->kind != GEN_PERM_RULES) return;
    for (op = GEN_OP_SELECT; op <= GEN_OP_DELETE; op <<= 1) {
        gen_perm_rule *one;
        if ((ops & op) == 0) continue;
        one = (gen_perm_rule *)gen_new(ctx, sizeof *one);
        one->kind = otherwise;
        for (i = 0; i < perms->rules.count; i++) {
            gen_perm_rule *rule = gen_perm_rule_at(&perms->rules, i);
            if ((rule->ops & op) != 0) *one = *rule;
        }
        one->ops = op;
        if (one->kind == GEN_PERM_WHERE
            && gen_word_eq(one->where.text, "true")) {
            one->kind = GEN_PERM_FULL;
        }
        alike = alike && one->kind != GEN_PERM_WHERE
            && (rules.count == 0
                || gen_perm_rule_at(&rules, 0)->kind == one->kind);
        gen_list_push(ctx, &rules, one);
    }
    perms->rules = rules;
    if (!alike) return;
    perms->kind = gen_perm_rule_at(&rules, 0)->kind;
    perms->rules.count = 0;
}

/* What an index is made with unless it says otherwise. */
static gen_str level_options(gen_ctx *ctx, gen_str text)
{
    static const char *const defaults[] = {
        "DIST EUCLIDEAN", "TYPE F64", "TYPE F32", "EFC 150", "M 12", "M0 24",
        "LM 0.40242960438184466f", "CAPACITY 40", "DOC_IDS_ORDER 100",
        "DOC_LENGTHS_ORDER 100", "POSTINGS_ORDER 100", "TERMS_ORDER 100",
        "DOC_IDS_CACHE 100", "DOC_LENGTHS_CACHE 100", "POSTINGS_CACHE 100",
        "TERMS_CACHE 100", "MTREE_CACHE 100", "(1.2,0.75)", "(1.2, 0.75)",
        NULL
    };
    gen_buf out;
    size_t i = 0;

    gen_buf_init(&out, ctx);
    while (i < text.len) {
        size_t k = 0;
        size_t len = 0;
        for (; defaults[k] != NULL; k++) {
            len = strlen(defaults[k]);
            if (i + len <= text.len
                && memcmp(text.ptr + i, defaults[k], len) == 0
                && (i + len == text.len || text.ptr[i + len] == ' ')
                && (i == 0 || defaults[k][0] == '('
                    || text.ptr[i - 1] == ' ')) break;
        }
        if (defaults[k] != NULL) {
            i += len;
        } else {
            gen_buf_add_char(&out, text.ptr[i++]);
        }
    }
    return gen_buf_str(&out);
}

static void level_field(gen_ctx *ctx, gen_field *field)
{
    level_type(ctx, field->type);
    level_perms(ctx, &field->perms, GEN_OP_SELECT | GEN_OP_CREATE
                | GEN_OP_UPDATE, GEN_PERM_FULL);
    if (field->type != NULL && field->type->kind == GEN_T_ANY) {
        field->has_type = false;
    }
}

static void level_function(gen_ctx *ctx, gen_function *function)
{
    size_t i;

    for (i = 0; i < function->params.count; i++) {
        level_type(ctx, gen_parm_at(&function->params, i)->type);
    }
    level_type(ctx, function->returns);
    put_perms(&function->perms, GEN_PERM_FULL);
}

static void level_access(gen_access *access)
{
    memset(&access->key, 0, sizeof access->key);
    memset(&access->issuer, 0, sizeof access->issuer);
    if (access->kind == GEN_ACCESS_RECORD && !access->url.present) {
        access->algorithm.len = 0;
    }
    if (access->kind == GEN_ACCESS_BEARER) {
        put_clause(&access->grant, "30d");
    }
    put_clause(&access->token, "1h");
    put_clause(&access->session, "NONE");
}

static void level_item(gen_ctx *ctx, const gen_item *item)
{
    gen_user *user;

    switch (item->kind) {
    case GEN_ITEM_TABLE:
        level_perms(ctx, &((gen_table *)item->of)->perms, GEN_OP_SELECT
                    | GEN_OP_CREATE | GEN_OP_UPDATE | GEN_OP_DELETE,
                    GEN_PERM_NONE);
        return;
    case GEN_ITEM_FIELD:
        level_field(ctx, (gen_field *)item->of);
        return;
    case GEN_ITEM_INDEX:
        ((gen_index *)item->of)->concurrently = false;
        ((gen_index *)item->of)->options = level_options(ctx,
            ((gen_index *)item->of)->options);
        return;
    case GEN_ITEM_EVENT:
        put_clause(&((gen_event *)item->of)->when, "true");
        return;
    case GEN_ITEM_FUNCTION:
        level_function(ctx, (gen_function *)item->of);
        return;
    case GEN_ITEM_PARAM:
        put_perms(&((gen_param *)item->of)->perms, GEN_PERM_FULL);
        return;
    case GEN_ITEM_ACCESS:
        level_access((gen_access *)item->of);
        return;
    case GEN_ITEM_USER:
        user = (gen_user *)item->of;
        memset(&user->secret, 0, sizeof user->secret);
        put_clause(&user->token, "1h");
        put_clause(&user->session, "NONE");
        return;
    default:
        return;
    }
}

/* ------------------------------------------------------------------- tokens */

/* "1w2d3h": nanoseconds, so that 7d is 1w. */
static void add_duration(gen_buf *out, gen_str text)
{
    static const struct {
        const char *word;
        double ns;
    } units[] = {
        { "ns", 1 }, { "us", 1e3 }, { "ms", 1e6 }, { "s", 1e9 },
        { "m", 60e9 }, { "h", 3600e9 }, { "d", 86400e9 },
        { "w", 604800e9 }, { "y", 31536000e9 }, { NULL, 0 }
    };
    double all = 0;
    size_t i = 0;

    while (i < text.len) {
        double n = 0;
        size_t from;
        size_t k = 0;
        for (; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9';
             i++) {
            n = n * 10 + (text.ptr[i] - '0');
        }
        from = i;
        while (i < text.len && (text.ptr[i] < '0' || text.ptr[i] > '9')) i++;
        while (units[k].word != NULL
               && !gen_word_eq(gen_str_sub(text, from, i), units[k].word)) {
            k++;
        }
        if (units[k].word == NULL) {
            gen_buf_add_str(out, text); /* micro written with a Greek m */
            return;
        }
        all += n * units[k].ns;
    }
    gen_buf_add_fmt(out, "%lluns", (unsigned long long)all);
}

/* Words of the language come in one case; a name with both stays. */
static void add_word(gen_buf *out, gen_str text)
{
    static const struct {
        const char *from, *to;
    } same[] = {
        { "&&", "and" }, { "||", "or" }, { "is", "=" }, { "==", "=" },
        { "inside", "in" }, { "notinside", "not in" }, { NULL, NULL }
    };
    bool upper = false;
    bool lower = false;
    size_t i;

    for (i = 0; same[i].from != NULL; i++) {
        if (!gen_word_eq(text, same[i].from)) continue;
        gen_buf_add_text(out, same[i].to);
        return;
    }
    for (i = 0; i < text.len; i++) {
        upper = upper || (text.ptr[i] >= 'A' && text.ptr[i] <= 'Z');
        lower = lower || (text.ptr[i] >= 'a' && text.ptr[i] <= 'z');
    }
    for (i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (upper && !lower && c >= 'A' && c <= 'Z') {
            c = (char)(c - 'A' + 'a');
        }
        gen_buf_add_char(out, c);
    }
}

static const gen_token *next_token(const gen_file *file, size_t i)
{
    for (i++; i < file->token_count; i++) {
        if (!gen_tok_is_trivia(file->tokens[i].kind)) break;
    }
    return i < file->token_count ? &file->tokens[i] : NULL;
}

static bool is_closing(const gen_file *file, const gen_token *tok)
{
    gen_str text;

    if (tok == NULL || tok->kind == GEN_TOK_END) return true;
    text = gen_tok_str(file, tok);
    return gen_str_is(text, "}") || gen_str_is(text, "]")
        || gen_str_is(text, ")") || gen_str_is(text, ">");
}

/* A server quotes some of the names that are words of the language, and some
 * not. */
static void add_name(gen_buf *out, gen_str name)
{
    bool plain = name.len > 0 && (name.ptr[0] < '0' || name.ptr[0] > '9');
    size_t i;

    for (i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        plain = plain && (c == '_' || (c >= '0' && c <= '9')
                          || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
    }
    if (plain) {
        add_word(out, name);
    } else {
        gen_surql_name(out, name);
    }
}

static void add_token(gen_ctx *ctx, gen_buf *out, const gen_file *file,
                      size_t i)
{
    const gen_token *tok = &file->tokens[i];
    gen_str text = gen_tok_str(file, tok);

    if (gen_tok_is_trivia(tok->kind) || tok->kind == GEN_TOK_END
        || gen_str_is(text, "(") || gen_str_is(text, ")")) return;
    if ((gen_str_is(text, ";") || gen_str_is(text, ","))
        && is_closing(file, next_token(file, i))) return;
    gen_buf_add_char(out, ' ');
    if (tok->kind == GEN_TOK_STRING && (text.ptr[0] == '\''
                                        || text.ptr[0] == '"')) {
        gen_surql_string(out, gen_unquote(ctx, text));
    } else if (tok->kind == GEN_TOK_QUOTED) {
        add_name(out, gen_unquote(ctx, text));
    } else if (tok->kind == GEN_TOK_DURATION) {
        add_duration(out, text);
    } else {
        add_word(out, text);
    }
}

static int compare_text(const void *one, const void *two)
{
    return strcmp((*(const gen_name *const *)one)->text.ptr,
                  (*(const gen_name *const *)two)->text.ptr);
}

static void push_piece(gen_ctx *ctx, gen_list *out, gen_buf *piece)
{
    gen_name *name = (gen_name *)gen_new(ctx, sizeof *name);

    name->text = gen_str_copy(ctx, piece->ptr != NULL ? piece->ptr : "",
                              piece->len);
    gen_list_push(ctx, out, name);
    gen_buf_init(piece, ctx);
}

/* A server sorts the keys of an object. What stands between two braces, from
 * behind the first on, goes to `out` in order when it is one: the tokens up to
 * the first colon are one, and no `;` is in it. Returns the place behind the
 * closing brace. */
static size_t sort_keys(gen_ctx *ctx, gen_str text, size_t at, unsigned depth,
                        gen_buf *out)
{
    gen_list pieces = { NULL, 0, 0 };
    bool is_object = false;
    bool is_block = false;
    gen_buf piece;
    char quote = 0;
    size_t i;

    gen_buf_init(&piece, ctx);
    for (; at < text.len; at++) {
        char c = text.ptr[at];
        if (quote != 0) {
            if (c == '\\') gen_buf_add_char(&piece, text.ptr[at++]);
            else if (c == quote) quote = 0;
            c = text.ptr[at];
        } else if (c == '}' && depth > 0) {
            break;
        } else if (c == '\'' || c == '`') {
            quote = c;
        } else if (c == '{' && depth < GEN_MAX_DEPTH) {
            gen_buf_add_char(&piece, c);
            at = sort_keys(ctx, text, at + 1, depth + 1, &piece) - 1;
            continue;
        } else if (c == ',' && depth > 0) {
            push_piece(ctx, &pieces, &piece);
            continue;
        }
        is_block = is_block || (quote == 0 && c == ';');
        is_object = is_object || (quote == 0 && c == ':'
            && pieces.count == 0 && piece.len > 0
            && strchr(piece.ptr + 1, ' ') == piece.ptr + piece.len - 1);
        gen_buf_add_char(&piece, c);
    }
    push_piece(ctx, &pieces, &piece);
    if (is_object && !is_block) {
        qsort(pieces.at, pieces.count, sizeof pieces.at[0], compare_text);
    }
    for (i = 0; i < pieces.count; i++) {
        gen_str one = gen_name_at(&pieces, i)->text;
        if (i > 0) gen_buf_add_text(out, " ,");
        while (one.len > 0 && one.ptr[one.len - 1] == ' ') one.len--;
        gen_buf_add_str(out, one);
    }
    if (at < text.len) gen_buf_add_text(out, " }");
    return at < text.len ? at + 1 : at;
}

static gen_str level_tokens(gen_ctx *ctx, gen_ctx *home, gen_str text)
{
    gen_file file;
    gen_buf tokens;
    gen_buf out;
    size_t i;

    mig_lex(ctx, text, &file);
    gen_buf_init(&tokens, ctx);
    for (i = 0; i < file.token_count; i++) add_token(ctx, &tokens, &file, i);
    gen_buf_init(&out, home);
    sort_keys(ctx, gen_buf_str(&tokens), 0, 0, &out);
    return gen_buf_str(&out);
}

/* -------------------------------------------------------------- definitions */

static void print_item(sql_printer *p, const gen_item *item)
{
    switch (item->kind) {
    case GEN_ITEM_TABLE: sql_table(p, (gen_table *)item->of); return;
    case GEN_ITEM_FIELD: sql_field(p, (gen_field *)item->of); return;
    case GEN_ITEM_INDEX: sql_index(p, (gen_index *)item->of); return;
    case GEN_ITEM_EVENT: sql_event(p, (gen_event *)item->of); return;
    case GEN_ITEM_ANALYZER:
        sql_analyzer(p, (gen_analyzer *)item->of);
        return;
    case GEN_ITEM_PARAM: sql_param(p, (gen_param *)item->of); return;
    case GEN_ITEM_SEQUENCE:
        sql_sequence(p, (gen_sequence *)item->of);
        return;
    case GEN_ITEM_FUNCTION:
        sql_function(p, (gen_function *)item->of);
        return;
    case GEN_ITEM_ACCESS: sql_access(p, (gen_access *)item->of); return;
    case GEN_ITEM_USER: sql_user(p, (gen_user *)item->of); return;
    default: return;
    }
}

/* What SurrealDB adds to an API, which has no printer of its own. */
static gen_str level_api(gen_ctx *ctx, gen_str text)
{
    static const char *const added[] = {
        " permissions full", " for any", NULL
    };
    gen_buf out;
    size_t i = 0;

    gen_buf_init(&out, ctx);
    while (i < text.len) {
        size_t k = 0;
        while (added[k] != NULL
               && (i + strlen(added[k]) > text.len
                   || memcmp(text.ptr + i, added[k], strlen(added[k])) != 0)) {
            k++;
        }
        if (added[k] != NULL) {
            i += strlen(added[k]);
        } else {
            gen_buf_add_char(&out, text.ptr[i++]);
        }
    }
    return gen_buf_str(&out);
}

/* One definition at a time, so that a mistake in one is that one's alone. */
gen_str mig_normal(gen_ctx *ctx, gen_version target, gen_str text)
{
    gen_surql_options opt;
    gen_ctx *reader = gen_open(cli_memory());
    const gen_schema *schema;
    sql_printer p;
    gen_buf printed;
    gen_buf line;
    gen_str out = text;
    size_t i;

    if (reader == NULL) return text;
    gen_set_target(reader, target);
    gen_buf_init(&line, ctx);
    gen_buf_add_str(&line, text);
    gen_buf_add_text(&line, ";\n");
    if (gen_load_text(reader, "definition.surql", line.ptr, line.len)
        == NULL) {
        gen_close(reader);
        return text;
    }
    schema = gen_schema_of(reader);
    memset(&opt, 0, sizeof opt);
    opt.exists = GEN_EXISTS_PLAIN;
    memset(&p, 0, sizeof p);
    gen_buf_init(&printed, reader);
    p.ctx = reader;
    p.out = &printed;
    p.opt = &opt;
    p.v3 = target.major >= 3;
    for (i = 0; i < schema->items.count; i++) {
        level_item(reader, gen_item_at(&schema->items, i));
        print_item(&p, gen_item_at(&schema->items, i));
    }
    out = level_tokens(reader, ctx, printed.len > 0 ? gen_buf_str(&printed)
                       : gen_buf_str(&line));
    gen_close(reader);
    if (out.len > 11 && memcmp(out.ptr, " define api ", 12) == 0) {
        return level_api(ctx, out);
    }
    return out;
}
