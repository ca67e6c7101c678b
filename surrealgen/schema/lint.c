/* surrealgen/schema/lint.c: what the server accepts and then does otherwise.
 *
 * Everything here was seen on the engines (tests/live/test_schema.c shows
 * the effects); nothing is a matter of taste. All are warnings, so `@allow`
 * silences them, but for a hash of a hash in an .sg file: there `@encrypt`
 * says what was meant, and nobody can sign in otherwise. */
#include "front.h"

#include <string.h>

/* Whether text is `want`, blanks and line ends aside. */
static bool is_just(gen_str text, const char *want)
{
    size_t i;

    for (i = 0; i < text.len; i++) {
        if (strchr(" \t\r\n", text.ptr[i]) != NULL) continue;
        if (*want != text.ptr[i]) return false;
        want++;
    }
    return *want == 0;
}

static bool has_text(gen_str text, const char *want)
{
    size_t len = strlen(want);
    size_t i;

    for (i = 0; i + len <= text.len; i++) {
        if (memcmp(text.ptr + i, want, len) == 0) return true;
    }
    return false;
}

static const char *count_text(gen_ctx *ctx, uint64_t n)
{
    gen_buf buf;

    gen_buf_init(&buf, ctx);
    gen_buf_add_fmt(&buf, "%llu", (unsigned long long)n);
    return buf.ptr;
}

/* ------------------------------------------------------------------ values */

static void lint_hash(gen_ctx *ctx, const gen_field *field)
{
    static const char *const ways[] = {
        "argon2", "bcrypt", "scrypt", "pbkdf2", NULL
    };
    /* A DEFINE says what it says, wherever it stands. */
    bool sg = field->value.present && !field->defined
        && field->value.pos.file->is_sg;
    gen_diag *diag;
    gen_buf call;
    size_t i;

    if (!field->value.present || field->readonly) return;
    for (i = 0; ways[i] != NULL; i++) {
        gen_buf_init(&call, ctx);
        gen_buf_add_fmt(&call, "crypto::%s::generate($value)", ways[i]);
        if (!is_just(field->value.text, call.ptr)) continue;
        diag = sg ? gen_error(ctx, SG401, field->value.pos, "this hash would "
                              "be hashed again on every update")
            : gen_warn(ctx, SG419, field->value.pos, "this hash is hashed "
                       "again on every update");
        gen_hint(ctx, diag, "runs on each UPDATE of the row, not only when "
                 "`%s` changes", gen_clip(ctx, field->name));
        gen_note(ctx, diag, "after the first unrelated update nobody can "
                 "sign in");
        if (sg) {
            gen_fix(ctx, diag, "write `%s string @encrypt(%s);`",
                    gen_clip(ctx, field->name), ways[i]);
        } else {
            gen_fix(ctx, diag, "write `VALUE IF $before = NONE OR $value != "
                    "$before { %s } ELSE { $value }`", call.ptr);
        }
        return;
    }
}

/* 2.x coerces before it runs a block, so NONE does not get that far. */
static void lint_block(gen_ctx *ctx, const gen_field *field)
{
    gen_diag *diag;

    if (ctx->schema.target.major >= 3 || !field->value.present
        || field->default_.present || field->type->optional) return;
    if (field->value.text.ptr[0] != '{' && field->value.text.ptr[0] != '(') {
        return;
    }
    diag = gen_warn(ctx, SG415, field->value.pos, "SurrealDB 2 checks the "
                    "type before it runs a value in brackets");
    gen_note(ctx, diag, "a CREATE without `%s` fails",
             gen_clip(ctx, field->name));
    gen_fix(ctx, diag, "leave the brackets out, or give it a default");
}

/* A future is worked out when a row is handed out, after WHERE was asked. */
static void lint_future(gen_ctx *ctx, const gen_field *field)
{
    gen_diag *diag;

    if (ctx->schema.target.major >= 3 || !field->computed.present
        || !field->computed.pos.file->is_sg) return;
    diag = gen_warn(ctx, SG417, field->computed.pos, "SurrealDB 2 cannot "
                    "search by a computed column");
    gen_note(ctx, diag, "it becomes a future there: `SELECT` gives its "
             "value, `WHERE %s = ...` finds nothing",
             gen_clip(ctx, field->name));
}

/* ---------------------------------------------------- arrays and defaults */

static bool is_list_literal(gen_str text)
{
    unsigned depth = 0;
    size_t i;

    if (text.len < 2 || text.ptr[0] != '[') return false;
    for (i = 0; i < text.len; i++) {
        if (text.ptr[i] == '[') depth++;
        if (text.ptr[i] == ']') depth--;
        if (depth == 0) return i + 1 == text.len;
    }
    return false;
}

static void lint_default(gen_ctx *ctx, const gen_field *field)
{
    const gen_type *core = field->type->core;
    gen_diag *diag;

    if (!field->default_.present || ctx->schema.target.major < 3) return;
    if (core->kind == GEN_T_SET && is_list_literal(field->default_.text)) {
        diag = gen_warn(ctx, SG407, field->default_.pos, "a set cannot "
                        "start as an array");
        gen_hint(ctx, diag, "write `<set>%s`",
                 gen_clip(ctx, field->default_.text));
        gen_note(ctx, diag, "SurrealDB 3 refuses every row that needs this "
                 "default");
    } else if (core->kind == GEN_T_ARRAY && core->has_length
               && core->length > 0 && is_just(field->default_.text, "[]")) {
        diag = gen_warn(ctx, SG410, field->default_.pos, "the default is "
                        "empty, the column holds exactly %s",
                        count_text(ctx, core->length));
        gen_note(ctx, diag, "SurrealDB 3 refuses every row that needs this "
                 "default");
        gen_fix(ctx, diag, "make the column `option<...>`, or give as many "
                "elements");
    }
}

static void lint_length(gen_ctx *ctx, const gen_field *field)
{
    const gen_type *core = field->type->core;
    gen_diag *diag;

    if (ctx->schema.target.major >= 3 || core->kind != GEN_T_ARRAY
        || !core->has_length) return;
    if (has_text(field->assert_.text, "array::len")) return;
    diag = gen_warn(ctx, SG408, core->pos, "on SurrealDB 2 this array may be "
                    "shorter than %s", count_text(ctx, core->length));
    gen_note(ctx, diag, "the length is exact since 3.0; the C struct holds "
             "exactly as many");
    gen_fix(ctx, diag, "add `assert array::len($value) = %s`",
            count_text(ctx, core->length));
}

/* ----------------------------------------------------------------- records */

/* `$value.table` follows the link and reads a column. */
static void lint_table_of(gen_ctx *ctx, const gen_field *field)
{
    const gen_type *core = field->type->core;
    gen_diag *diag;
    size_t i;

    if (!field->assert_.present || core->kind != GEN_T_RECORD
        || !has_text(field->assert_.text, "$value.table")
        || has_text(field->assert_.text, "$value.table_")) return;
    for (i = 0; i < core->names.count; i++) {
        const gen_table *table = gen_find_table(ctx,
                                 gen_name_at(&core->names, i)->text);
        if (table == NULL || gen_map_get(ctx, table, GEN_KEY_FIELD,
                                         gen_str_lit("table")) != NULL) {
            return;
        }
    }
    diag = gen_warn(ctx, SG411, field->assert_.pos, "`$value.table` reads a "
                    "column of the other record");
    gen_hint(ctx, diag, "write `record::tb($value)`");
    gen_fix(ctx, diag, "or let the type say it: `record<user>`");
}

/* A struct whose members stand inside a type, where no clause can be. */
static const gen_struct *closed_struct(const gen_type *type, bool open)
{
    const gen_struct *found;
    bool below = open && (type->kind == GEN_T_OPTION
        || type->kind == GEN_T_ARRAY || type->kind == GEN_T_SET
        || type->kind == GEN_T_ALIAS);
    size_t i;

    if (type->kind == GEN_T_STRUCT) return open ? NULL : type->struct_ref;
    if (type->kind == GEN_T_ALIAS) {
        if (type->alias_ref->bad) return NULL; /* may be endless */
        return closed_struct(type->alias_ref->type, below);
    }
    if (type->elem != NULL) return closed_struct(type->elem, below);
    for (i = 0; i < type->arms.count; i++) {
        found = closed_struct(gen_type_at(&type->arms, i), false);
        if (found != NULL) return found;
    }
    for (i = 0; i < type->members.count; i++) {
        found = closed_struct(gen_member_at(&type->members, i)->type, false);
        if (found != NULL) return found;
    }
    return NULL;
}

static const gen_field *clause_in(const gen_list *fields)
{
    size_t i;

    for (i = 0; i < fields->count; i++) {
        const gen_field *field = gen_field_at(fields, i);
        const gen_field *below = clause_in(&field->children);
        if (below != NULL) return below;
        if (field->default_.present || field->value.present
            || field->assert_.present || field->readonly || field->reference
            || field->perms.kind != GEN_PERM_UNSET) return field;
    }
    return NULL;
}

static void lint_closed(gen_ctx *ctx, const gen_type *type, bool open)
{
    const gen_struct *of = closed_struct(type, open);
    const gen_field *member = of != NULL ? clause_in(&of->fields) : NULL;
    gen_diag *diag;

    if (member == NULL) return;
    diag = gen_warn(ctx, SG413, type->pos, "the clauses of `%s` do not work "
                    "here", gen_clip(ctx, of->name));
    gen_other(ctx, diag, member->pos, "this one has some");
    gen_note(ctx, diag, "inside of another type a struct is just names and "
             "types; as the type of a column, an array or option<> of it, it "
             "has all");
}

/* ----------------------------------------------------------------- indexes */

/* The number behind DIMENSION, or 0. */
static uint64_t dimension_of(const gen_index *index)
{
    gen_str text = index->options;
    uint64_t n = 0;
    size_t i = 0;

    while (i < text.len && (text.ptr[i] < '0' || text.ptr[i] > '9')) {
        i++;
    }
    for (; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++) {
        if (n > UINT32_MAX) return 0;
        n = n * 10 + (uint64_t)(text.ptr[i] - '0');
    }
    return n;
}

static void lint_index(gen_ctx *ctx, const gen_index *index)
{
    const gen_list *path = gen_index_column(index, 0);
    const gen_field *field;
    const gen_type *core;
    gen_diag *diag;

    if (index->bad || path == NULL || path->count != 1) return;
    if (index->kind != GEN_IX_HNSW && index->kind != GEN_IX_MTREE) return;
    field = (const gen_field *)gen_map_get(ctx, index->table, GEN_KEY_FIELD,
                                           gen_part_at(path, 0)->name);
    if (field == NULL || field->bad || field->implied) return;
    core = field->type->core;
    if (core->kind != GEN_T_ARRAY) return;
    if (core->has_length && core->length != dimension_of(index)
        && dimension_of(index) > 0) {
        diag = gen_warn(ctx, SG409, index->kind_pos, "no row fits both this "
                        "index and its column");
        gen_hint(ctx, diag, "dimension %s",
                 count_text(ctx, dimension_of(index)));
        gen_other(ctx, diag, core->pos, "another length");
    } else if (core->elem == NULL && !field->children.count) {
        diag = gen_warn(ctx, SG416, core->pos, "a vector has no type in C "
                        "without the type of its elements");
        gen_fix(ctx, diag, "write `array<float, %s>`",
                count_text(ctx, dimension_of(index)));
    }
}

/* ------------------------------------------------------------------ tables */

static bool in_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
        || (c >= '0' && c <= '9');
}

/* Each word of a view's query, and what stands in back-quotes. */
static void mark_viewed(gen_ctx *ctx, gen_str text)
{
    size_t from = 0;

    while (from < text.len) {
        bool quoted = text.ptr[from] == '`';
        size_t to = from += quoted;
        gen_table *table;
        while (to < text.len && (quoted ? text.ptr[to] != '`'
                                        : in_word(text.ptr[to]))) to++;
        table = gen_find_table(ctx, gen_str_sub(text, from, to));
        if (table != NULL) table->viewed = true;
        from = to + 1;
    }
}

static void lint_drop(gen_ctx *ctx, const gen_table *table)
{
    gen_diag *diag;

    if (!table->drop || table->bad || table->events.count > 0
        || table->viewed) return;
    diag = gen_warn(ctx, SG412, table->pos, "`drop` throws away every row "
                    "written to `%s`", gen_clip(ctx, table->name));
    gen_note(ctx, diag, "it does not remove the table: that is `REMOVE "
             "TABLE`; it is for tables whose rows live in a view or an "
             "event only");
}

static void lint_fields(gen_ctx *ctx, const gen_list *fields)
{
    size_t i;

    for (i = 0; i < fields->count; i++) {
        const gen_field *field = gen_field_at(fields, i);
        if (!field->bad && !field->implied) {
            lint_hash(ctx, field);
            lint_block(ctx, field);
            lint_future(ctx, field);
            lint_default(ctx, field);
            lint_length(ctx, field);
            lint_table_of(ctx, field);
            lint_closed(ctx, field->type, true);
        }
        lint_fields(ctx, &field->children);
    }
}

void gen_lint(gen_ctx *ctx)
{
    const gen_schema *schema = &ctx->schema;
    size_t i, k;

    for (i = 0; i < schema->structs.count; i++) {
        lint_fields(ctx, &gen_struct_at(&schema->structs, i)->fields);
    }
    for (i = 0; i < schema->tables.count; i++) {
        const gen_table *table = gen_table_at(&schema->tables, i);
        if (table->view.present) mark_viewed(ctx, table->view.text);
    }
    for (i = 0; i < schema->tables.count; i++) {
        const gen_table *table = gen_table_at(&schema->tables, i);
        lint_drop(ctx, table);
        lint_fields(ctx, &table->fields);
        for (k = 0; k < table->indexes.count; k++) {
            lint_index(ctx, gen_index_at(&table->indexes, k));
        }
    }
    for (i = 0; i < schema->functions.count; i++) {
        const gen_function *function = gen_function_at(&schema->functions, i);
        for (k = 0; k < function->params.count; k++) {
            lint_closed(ctx, gen_parm_at(&function->params, k)->type, false);
        }
    }
}
