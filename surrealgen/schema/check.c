/* surrealgen/schema/check.c: what the server would refuse, told before it.
 *
 * Each check looks at one field, index or table; a field gets at most one
 * diagnostic. What depends on the version of the server is in version.c,
 * except for rules about the shape of a definition. */
#include "front.h"

#include <stdio.h>
#include <string.h>


/* ------------------------------------------------------------- field rules */

static bool has_object(const gen_type *type)
{
    size_t i;

    type = gen_type_bare(type);
    if (type->kind == GEN_T_OBJECT || type->kind == GEN_T_ANY
        || type->kind == GEN_T_SHAPE || type->kind == GEN_T_STRUCT) {
        return true;
    }
    if ((type->kind == GEN_T_ARRAY || type->kind == GEN_T_SET)
        && type->elem == NULL) return true;
    if (type->elem != NULL && has_object(type->elem)) return true;
    for (i = 0; i < type->arms.count; i++) {
        if (has_object(gen_type_at(&type->arms, i))) return true;
    }
    return false;
}

static bool only_records(const gen_type *type)
{
    size_t i;

    type = gen_type_bare(type);
    switch (type->kind) {
    case GEN_T_RECORD:
        return true;
    case GEN_T_OPTION:
    case GEN_T_ARRAY:
    case GEN_T_SET:
        return type->elem != NULL && only_records(type->elem);
    case GEN_T_UNION:
        for (i = 0; i < type->arms.count; i++) {
            const gen_type *arm = gen_type_at(&type->arms, i);
            if (arm->kind != GEN_T_NONE && !only_records(arm)) return false;
        }
        return true;
    default:
        return false;
    }
}

static bool check_poison(gen_ctx *ctx, const gen_field *field)
{
    gen_diag *diag;

    if (field->path.count > 1 || ctx->schema.target.major < 3
        || !gen_name_is_poison(field->name)) return true;
    if (field->table == NULL) return true; /* a struct: always nested */
    diag = gen_error(ctx, SG1229, field->pos, "a column called `%s` makes "
                     "the table unusable on SurrealDB 3",
                     gen_clip(ctx, field->name));
    gen_note(ctx, diag, "the server accepts the definition; then every "
             "statement on the table fails until it is removed");
    gen_fix(ctx, diag, "choose another name; as a nested column it works");
    return false;
}

/* SurrealDB 3 takes no other type for `id`. */
static bool is_key(const gen_type *type)
{
    size_t i;

    if (type->core->kind == GEN_T_ANY) return true;
    if (type->optional || type->nullable) return false;
    type = type->core;
    switch (type->kind) {
    case GEN_T_BOOL:
    case GEN_T_FLOAT:
    case GEN_T_DECIMAL:
    case GEN_T_DATETIME:
    case GEN_T_DURATION:
    case GEN_T_BYTES:
    case GEN_T_RECORD:
    case GEN_T_RANGE:
    case GEN_T_GEOMETRY:
    case GEN_T_FILE:
    case GEN_T_REGEX:
    case GEN_T_TABLE:
        return false;
    case GEN_T_LITERAL:
        return type->literal_kind == GEN_L_STRING
            || type->literal_kind == GEN_L_INT;
    case GEN_T_UNION:
        for (i = 0; i < type->arms.count; i++) {
            if (!is_key(gen_type_at(&type->arms, i))) return false;
        }
        return true;
    default:
        return true;
    }
}

static bool check_id(gen_ctx *ctx, const gen_field *field)
{
    gen_diag *diag;

    if (field->path.count != 1 || !gen_str_is(field->name, "id")) return true;
    if (field->table == NULL) return true;
    if (field->default_.present && ctx->schema.target.major >= 3) {
        diag = gen_error(ctx, SG1221, field->default_.pos,
                         "`id` cannot have a default");
        gen_note(ctx, diag, "the type of `id` checks the key of a record, it "
                 "does not make one");
        return false;
    }
    if (field->computed.present) {
        gen_error(ctx, SG1221, field->computed.pos,
                  "`id` cannot be computed");
        return false;
    }
    if (ctx->schema.target.major >= 3 && !is_key(field->type)) {
        diag = gen_error(ctx, SG1221, field->type->pos,
                         "`id` cannot be of this type");
        gen_fix(ctx, diag, "the key of a record is an `int`, a `string`, a "
                "`uuid`, an array or an object, and never NONE");
        return false;
    }
    return true;
}

static bool check_computed(gen_ctx *ctx, const gen_field *field)
{
    const char *word = NULL;
    gen_pos pos = field->pos;
    gen_diag *diag;

    if (!field->computed.present) return true;
    if (field->value.present) {
        word = "value";
        pos = field->value.pos;
    } else if (field->default_.present) {
        word = "default";
        pos = field->default_.pos;
    } else if (field->assert_.present) {
        word = "assert";
        pos = field->assert_.pos;
    } else if (field->readonly) {
        word = "readonly";
    }
    if (word != NULL) {
        diag = gen_error(ctx, SG1222, pos, "a computed column cannot have "
                         "`%s`", word);
        gen_other(ctx, diag, field->computed.pos, "computed here");
        return false;
    }
    if (field->path.count > 1) {
        gen_error(ctx, SG1222, field->computed.pos, "only a top-level column "
                  "can be computed");
        return false;
    }
    return true;
}

static bool check_kind_clauses(gen_ctx *ctx, const gen_field *field)
{
    gen_diag *diag;

    if (field->reference && !only_records(field->type)) {
        diag = gen_error(ctx, SG1223, field->has_type ? field->type->pos
                         : field->pos, "`reference` needs a type made of "
                         "records");
        gen_hint(ctx, diag, "for example `record<user>` or "
                 "`option<record<user>>`");
        return false;
    }
    if (field->flexible && field->has_type && !has_object(field->type)
        && ctx->schema.target.major >= 3) {
        gen_error(ctx, SG1225, field->type->pos, "`flexible` needs a type "
                  "with an object in it");
        return false;
    }
    return true;
}

/* ---------------------------------------------------------------- defaults */

/* The single token a clause is made of, or NULL. */
static const gen_token *lone_token(const gen_clause *clause)
{
    const gen_file *file = clause->pos.file;
    size_t low = 0;
    size_t high = file->token_count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (file->tokens[mid].off < clause->pos.off) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    if (low == file->token_count) return NULL;
    if (file->tokens[low].off != clause->pos.off) return NULL;
    return file->tokens[low].len == clause->pos.len ? &file->tokens[low]
        : NULL;
}

typedef struct variant_search {
    gen_str want;
    bool found;
    gen_guess guess;
} variant_search;

/* Int enums are compared as numbers are written, and have no near misses.
 * Most string variants are called what they hold: the map knows those. */
static void search_enum(gen_ctx *ctx, variant_search *search,
                        const gen_enum *e)
{
    const gen_variant *v = (const gen_variant *)gen_map_get(ctx, e,
                           GEN_KEY_VARIANT, search->want);
    char number[24];
    size_t i;

    if (!e->is_int && v != NULL && gen_str_eq(v->value, search->want)) {
        search->found = true;
    }
    for (i = 0; i < e->variants.count && !search->found; i++) {
        v = gen_variant_at(&e->variants, i);
        snprintf(number, sizeof number, "%lld", (long long)v->number);
        search->found = gen_str_eq(search->want, e->is_int
                                   ? gen_str_lit(number) : v->value);
    }
    if (search->found || e->is_int || ctx->diags.count >= ctx->max_diags) {
        return;
    }
    for (i = 0; i < e->variants.count; i++) {
        gen_guess_try(&search->guess,
                      gen_variant_at(&e->variants, i)->value);
    }
}

/* A default that is one plain literal or word must be one of the variants.
 * Checked in .sg files; other expressions are the server's to judge. */
static bool check_default(gen_ctx *ctx, const gen_field *field)
{
    const gen_type *core = field->type->core;
    const gen_enum *e = core->enum_ref;
    const gen_token *tok;
    variant_search search;
    gen_diag *diag;

    if (core->kind != GEN_T_ENUM || !field->default_.present) return true;
    if (e->bad) return true; /* its variants may not all be known */
    tok = lone_token(&field->default_);
    if (tok == NULL) return true;
    memset(&search, 0, sizeof search);
    search.want = field->default_.text;
    if (tok->kind == GEN_TOK_STRING) {
        search.want = gen_unquote(ctx, search.want);
    } else if (tok->kind == GEN_TOK_IDENT) {
        if (gen_word_eq(search.want, "none")
            || gen_word_eq(search.want, "null")) return true;
    } else if (tok->kind != GEN_TOK_INT) {
        return true;
    }
    gen_guess_start(&search.guess, search.want);
    search_enum(ctx, &search, e);
    if (search.found && tok->kind != GEN_TOK_IDENT
        && e->is_int == (tok->kind == GEN_TOK_INT)) return true;
    diag = gen_error(ctx, SG1224, field->default_.pos,
                     "`%s` has no variant `%s`", gen_clip(ctx, e->name),
                     gen_clip(ctx, search.want));
    if (search.found && !e->is_int) {
        gen_hint(ctx, diag, "write `'%s'`", gen_clip(ctx, search.want));
    } else if (search.guess.best.len > 0 && !e->is_int) {
        gen_hint(ctx, diag, "`%s` is close",
                 gen_clip(ctx, search.guess.best));
    }
    gen_other(ctx, diag, e->pos, "declared here");
    return false;
}

/* ----------------------------------------------------------------- encrypt */

/* The guard on $before keeps an update of another column from hashing the
 * hash again, after which nobody could sign in. */
static bool check_encrypt(gen_ctx *ctx, gen_field *field)
{
    static const char *const ways[] = {
        "argon2", "bcrypt", "scrypt", "pbkdf2", NULL
    };
    gen_buf buf;
    size_t i;

    for (i = 0; i < field->attrs.list.count; i++) {
        gen_attr *attr = gen_attr_at(&field->attrs.list, i);
        gen_perm_rule *rule;
        gen_str way;
        if (!gen_str_is(attr->name, "encrypt")) continue;
        way = gen_attr_arg_at(&attr->args, 0)->text;
        if (!gen_word_in(way, ways)) {
            gen_error(ctx, SG1228, gen_attr_arg_at(&attr->args, 0)->pos,
                      "`@encrypt` takes `argon2`, `bcrypt`, `scrypt` or "
                      "`pbkdf2`");
            return false;
        }
        if (field->type->core->kind != GEN_T_STRING || field->value.present
            || field->perms.kind != GEN_PERM_UNSET) {
            gen_error(ctx, SG1228, attr->pos, "`@encrypt` needs a string "
                      "without `value` and `permissions` of its own");
            return false;
        }
        gen_buf_init(&buf, ctx);
        gen_buf_add_fmt(&buf, "IF $before = NONE OR $value != $before { "
                        "crypto::%s::generate($value) } ELSE { $value }",
                        way.ptr);
        field->value.present = true;
        field->value.text = gen_buf_str(&buf);
        field->value.pos = attr->pos;
        field->perms.kind = GEN_PERM_RULES;
        rule = (gen_perm_rule *)gen_new(ctx, sizeof *rule);
        rule->ops = GEN_OP_SELECT;
        rule->kind = GEN_PERM_NONE;
        gen_list_push(ctx, &field->perms.rules, rule);
        rule = (gen_perm_rule *)gen_new(ctx, sizeof *rule);
        rule->ops = GEN_OP_CREATE | GEN_OP_UPDATE;
        rule->kind = GEN_PERM_FULL;
        gen_list_push(ctx, &field->perms.rules, rule);
    }
    return true;
}

/* ------------------------------------------------------------- tree checks */

/* A column of its own below a value that has no parts. */
static const gen_field *below_plain(const gen_field *field,
                                    const gen_type *elem)
{
    size_t i;

    if (elem->kind < GEN_T_BOOL || elem->kind > GEN_T_UUID) return NULL;
    for (i = 0; i < field->children.count; i++) {
        const gen_field *child = gen_field_at(&field->children, i);
        /* The server asks only what is there already; of a model the column
         * above is always defined first. */
        bool later = !child->defined
            || (child->pos.file == field->pos.file
                && child->pos.off > field->pos.off);
        if (later && !child->implied && !child->is_elem) return child;
    }
    return NULL;
}

/* Columns below a struct or a plain value cannot be there. */
static bool check_children(gen_ctx *ctx, const gen_field *field)
{
    const gen_type *core = field->type->core;
    const gen_type *elem = core;
    const gen_field *child;
    gen_diag *diag;

    if (field->children.count == 0 || field->implied) return true;
    while (elem->elem != NULL) {
        elem = elem->elem->core;
    }
    child = below_plain(field, elem);
    if (child != NULL) {
        diag = gen_error(ctx, SG1214, child->pos, "`%s` holds no columns",
                         gen_clip(ctx, field->name));
        gen_other(ctx, diag, field->pos, "its type is given here");
        gen_fix(ctx, diag, "write `object` there, or leave this column out");
        return false;
    }
    child = gen_field_at(&field->children, 0);
    while (child->implied && child->children.count > 0) {
        child = gen_field_at(&child->children, 0);
    }
    if (elem->kind != GEN_T_STRUCT && elem->kind != GEN_T_ENUM) return true;
    diag = gen_error(ctx, SG1214, child->pos, "`%s` is a `%s`, its members "
                     "are declared there", gen_clip(ctx, field->name),
                     gen_clip(ctx, elem->name));
    gen_other(ctx, diag, elem->struct_ref != NULL ? elem->struct_ref->pos
              : elem->enum_ref->pos, "declared here");
    return false;
}

/* One diagnostic per field; `bad` when one is out. */
static void check_field(gen_ctx *ctx, gen_field *field)
{
    if (field->bad) return;
    field->bad = !check_poison(ctx, field) || !check_id(ctx, field)
        || !check_computed(ctx, field) || !check_kind_clauses(ctx, field)
        || !check_default(ctx, field) || !check_encrypt(ctx, field)
        || !check_children(ctx, field);
}

static void check_tree(gen_ctx *ctx, const gen_list *fields)
{
    size_t i;

    for (i = 0; i < fields->count; i++) {
        gen_field *field = gen_field_at(fields, i);
        if (!field->implied) check_field(ctx, field);
        check_tree(ctx, &field->children);
    }
}

/* ----------------------------------------------------------------- indexes */

static const char *index_word(gen_index_kind kind)
{
    static const char *const words[] = {
        "index", "unique index", "count index", "full-text index",
        "full-text index", "vector index", "vector index"
    };
    return words[kind];
}

/* One level of a tree: what owns the names, and the names. */
typedef struct level {
    const void *scope; /* NULL: anything may be there */
    const gen_list *fields;
} level;

/* The members below a field: its children, or those of its struct. */
static level members_of(const gen_field *field)
{
    const gen_type *type = field->type->core;
    level below = { NULL, NULL };

    while (type->elem != NULL) {
        type = type->elem->core;
    }
    if (type->kind == GEN_T_STRUCT) {
        below.scope = type->struct_ref;
        below.fields = &type->struct_ref->fields;
    } else if (!field->flexible && field->children.count > 0
               && gen_field_elem(field) == NULL) {
        below.scope = field;
        below.fields = &field->children;
    }
    return below;
}

static void no_column(gen_ctx *ctx, const gen_table *table,
                      const gen_part *part, const gen_list *fields)
{
    gen_guess guess;
    gen_diag *diag;
    size_t i;

    diag = gen_error(ctx, SG1227, part->pos, "`%s` has no column `%s`",
                     gen_clip(ctx, table->name), gen_clip(ctx, part->name));
    if (diag->muted) return;
    gen_guess_start(&guess, part->name);
    for (i = 0; i < fields->count; i++) {
        gen_guess_try(&guess, gen_field_at(fields, i)->name);
    }
    if (guess.best.len > 0) {
        gen_hint(ctx, diag, "did you mean `%s`?", gen_clip(ctx, guess.best));
    }
}

static bool is_built_in(const gen_table *table, gen_str name)
{
    if (gen_str_is(name, "id")) return true;
    return table->kind == GEN_TABLE_RELATION
        && (gen_str_is(name, "in") || gen_str_is(name, "out"));
}

static bool check_column(gen_ctx *ctx, const gen_index *index, size_t n)
{
    const gen_table *table = index->table;
    const gen_list *path = gen_index_column(index, n);
    level at = { NULL, NULL };
    size_t i;

    at.scope = table;
    at.fields = &table->fields;
    for (i = 0; i < path->count && at.scope != NULL; i++) {
        const gen_part *part = gen_part_at(path, i);
        const gen_field *field;
        if (part->kind != GEN_PART_NAME) continue;
        if (i == 0 && is_built_in(table, part->name)) return true;
        field = (const gen_field *)gen_map_get(ctx, at.scope, GEN_KEY_FIELD,
                                               part->name);
        if (field == NULL) {
            no_column(ctx, table, part, at.fields);
            return false;
        }
        at = members_of(field);
    }
    return true;
}

/* "BM25(1.2) HIGHLIGHTS" */
static bool has_one_number(gen_str options)
{
    const char *open = strstr(options.ptr, "BM25(");

    return options.len > 0 && open != NULL
        && open[strcspn(open, ",)")] == ')';
}

static bool check_index_shape(gen_ctx *ctx, const gen_index *index)
{
    bool v3 = ctx->schema.target.major >= 3;
    size_t count = index->columns.count;
    bool count_kind = index->kind == GEN_IX_COUNT;
    bool text = index->kind == GEN_IX_FULLTEXT
        || index->kind == GEN_IX_SEARCH;

    if (count == 0 && !count_kind && (v3 || index->kind != GEN_IX_PLAIN)) {
        gen_error(ctx, SG1226, index->pos, "the %s `%s` needs a column",
                  index_word(index->kind), gen_clip(ctx, index->name));
        return false;
    }
    if (count > 0 && count_kind) {
        gen_error(ctx, SG1226, gen_name_at(&index->col_pos, 0)->pos,
                  "a count index counts the table, it takes no columns");
        return false;
    }
    if (count > 1 && text && v3) {
        gen_error(ctx, SG1226, gen_name_at(&index->col_pos, 1)->pos,
                  "a full-text index takes one column");
        return false;
    }
    if (count > 1 && index->kind == GEN_IX_HNSW && v3) {
        gen_error(ctx, SG1226, gen_name_at(&index->col_pos, 1)->pos,
                  "an HNSW index takes one column, the vector");
        return false;
    }
    if (text && has_one_number(index->options)) {
        gen_error(ctx, SG1226, index->kind_pos, "`bm25` takes two numbers, "
                  "k1 and b, or none");
        return false;
    }
    return true;
}

static void check_index(gen_ctx *ctx, gen_index *index)
{
    size_t i;

    if (index->bad || !check_index_shape(ctx, index)) return;
    for (i = 0; i < index->columns.count; i++) {
        const gen_list *path = gen_index_column(index, i);
        const gen_part *part = gen_part_at(path, 0);
        if (path->count == 1 && ctx->schema.target.major >= 3
            && gen_name_is_poison(part->name)) {
            gen_error(ctx, SG1229, part->pos, "an index on a column called "
                      "`%s` makes the table unusable on SurrealDB 3",
                      gen_clip(ctx, part->name));
            return;
        }
        /* A statement may speak of what another file defined. */
        if (!index->defined && index->table->schemafull
            && !index->table->bad && !check_column(ctx, index, i)) return;
    }
}

/* ------------------------------------------------------------------ tables */

enum { GUESSES_MAX = 2000000 };

/* Likely a misspelling: not defined here, but a close name is. */
static void check_table_name(gen_ctx *ctx, gen_str name, gen_pos pos)
{
    gen_guess guess;
    gen_diag *diag;
    size_t i;

    /* A suggestion is not worth comparing all names with all others. */
    ctx->guesses += ctx->schema.tables.count;
    if (ctx->diags.count >= ctx->max_diags || ctx->guesses > GUESSES_MAX) {
        return;
    }
    gen_guess_start(&guess, name);
    for (i = 0; i < ctx->schema.tables.count; i++) {
        gen_table *table = gen_table_at(&ctx->schema.tables, i);
        if (!table->implied) gen_guess_try(&guess, table->name);
    }
    /* `person` is two edits from `season`: only the nearest miss counts. */
    if (guess.best.len == 0 || guess.distance > 1 || name.len < 4) return;
    diag = gen_warn(ctx, SG1231, pos, "no table `%s` is defined in these "
                    "files", gen_clip(ctx, name));
    gen_hint(ctx, diag, "did you mean `%s`?", gen_clip(ctx, guess.best));
}

static void check_table_names(gen_ctx *ctx, const gen_list *names)
{
    size_t i;

    for (i = 0; i < names->count; i++) {
        gen_name *name = gen_name_at(names, i);
        gen_table *table = gen_find_table(ctx, name->text);
        if (table == NULL || table->implied) {
            check_table_name(ctx, name->text, name->pos);
        }
    }
}

void gen_check_type_tables(gen_ctx *ctx, const gen_type *type)
{
    size_t i;

    if (type->kind == GEN_T_RECORD) check_table_names(ctx, &type->names);
    if (type->elem != NULL) gen_check_type_tables(ctx, type->elem);
    for (i = 0; i < type->arms.count; i++) {
        gen_check_type_tables(ctx, gen_type_at(&type->arms, i));
    }
    for (i = 0; i < type->members.count; i++) {
        gen_check_type_tables(ctx, gen_member_at(&type->members, i)->type);
    }
}

static void check_record_names(gen_ctx *ctx, const gen_list *fields)
{
    size_t i;

    for (i = 0; i < fields->count; i++) {
        gen_field *field = gen_field_at(fields, i);
        if (!field->bad) gen_check_type_tables(ctx, field->type);
        check_record_names(ctx, &field->children);
    }
}

void gen_check_all(gen_ctx *ctx)
{
    gen_schema *schema = &ctx->schema;
    size_t i, k;

    for (i = 0; i < schema->structs.count; i++) {
        check_tree(ctx, &gen_struct_at(&schema->structs, i)->fields);
    }
    for (i = 0; i < schema->mixins.count; i++) {
        check_tree(ctx, &gen_mixin_at(&schema->mixins, i)->fields);
    }
    for (i = 0; i < schema->tables.count; i++) {
        gen_table *table = gen_table_at(&schema->tables, i);
        check_tree(ctx, &table->fields);
        for (k = 0; k < table->indexes.count; k++) {
            check_index(ctx, gen_index_at(&table->indexes, k));
        }
    }
    gen_check_events(ctx);
    for (i = 0; i < schema->tables.count; i++) {
        gen_table *table = gen_table_at(&schema->tables, i);
        if (table->implied && !table->bad) {
            check_table_name(ctx, table->name, table->pos);
        }
        check_table_names(ctx, &table->from);
        check_table_names(ctx, &table->to);
        check_record_names(ctx, &table->fields);
    }
    gen_check_items(ctx);
    gen_check_queries(ctx);
}
