/* surrealgen/schema/dump.c: the stages of -d, for people and tests. */
#include "front.h"

#include <string.h>

const char *gen_tok_name(gen_tok kind)
{
    static const char *const names[] = {
        "end", "space", "comment", "doc", "file-doc", "ident", "quoted",
        "param", "string", "int", "float", "decimal", "duration", "regex",
        "script", "punct", "bad-char", "bad-string", "bad-comment",
        "bad-name", "bad-script"
    };
    return names[kind];
}

/* One token a line: place, kind, bytes with what is not printable as \xNN. */
void gen_dump_tokens(gen_ctx *ctx, const gen_file *file, gen_buf *out)
{
    size_t i, k;

    (void)ctx;
    for (i = 0; i < file->token_count; i++) {
        const gen_token *tok = &file->tokens[i];
        gen_str text = gen_tok_str(file, tok);
        gen_buf_add_fmt(out, "%u:%u %s |", tok->line, tok->col,
                        gen_tok_name(tok->kind));
        for (k = 0; k < text.len; k++) {
            unsigned char c = (unsigned char)text.ptr[k];
            if (c < 0x20 || c >= 0x7f || c == '\\') {
                gen_buf_add_fmt(out, "\\x%02x", c);
            } else {
                gen_buf_add_char(out, (char)c);
            }
        }
        gen_buf_add_text(out, "|\n");
    }
}

/* The file again, from its tokens. */
void gen_dump_roundtrip(gen_ctx *ctx, const gen_file *file, gen_buf *out)
{
    size_t i;

    (void)ctx;
    for (i = 0; i < file->token_count; i++) {
        gen_buf_add_str(out, gen_tok_str(file, &file->tokens[i]));
    }
}

/* --------------------------------------------------------------------- ast */

static void put_name(gen_buf *out, const char *word, gen_str name)
{
    gen_buf_add_fmt(out, "%s ", word);
    gen_surql_name(out, name);
}

static void put_clause(gen_buf *out, const char *word,
                       const gen_clause *clause)
{
    if (!clause->present) return;
    gen_buf_add_fmt(out, " (%s ", word);
    gen_buf_add_str(out, clause->text);
    gen_buf_add_char(out, ')');
}

static void put_type(gen_buf *out, const gen_type *type)
{
    if (type->kind == GEN_T_ENUM || type->kind == GEN_T_STRUCT) {
        gen_buf_add_str(out, type->name);
    } else {
        gen_surql_type(out, type);
    }
}

static void put_attrs(gen_buf *out, const gen_attrs *attrs)
{
    size_t i;

    for (i = 0; i < attrs->list.count; i++) {
        gen_buf_add_fmt(out, " @%s", gen_attr_at(&attrs->list, i)->name.ptr);
    }
}

static void put_fields(gen_buf *out, const gen_list *fields, int depth);

static void put_field(gen_buf *out, const gen_field *field, int depth)
{
    gen_buf_add_fmt(out, "%*s", depth * 2, "");
    put_name(out, field->is_elem ? "elem" : "field", field->name);
    gen_buf_add_text(out, ": ");
    put_type(out, field->type);
    if (field->eff != NULL && field->eff != field->type) {
        gen_buf_add_text(out, " -> ");
        put_type(out, field->eff);
    }
    if (field->optional) gen_buf_add_text(out, " optional");
    if (field->nullable) gen_buf_add_text(out, " nullable");
    if (field->implied) gen_buf_add_text(out, " implied");
    if (field->flexible) gen_buf_add_text(out, " flexible");
    if (field->readonly) gen_buf_add_text(out, " readonly");
    if (field->reference) gen_buf_add_text(out, " reference");
    put_clause(out, field->default_always ? "default always" : "default",
               &field->default_);
    put_clause(out, "value", &field->value);
    put_clause(out, "assert", &field->assert_);
    put_clause(out, "computed", &field->computed);
    put_attrs(out, &field->attrs);
    gen_buf_add_char(out, '\n');
    put_fields(out, &field->children, depth + 1);
}

static void put_fields(gen_buf *out, const gen_list *fields, int depth)
{
    size_t i;

    for (i = 0; i < fields->count; i++) {
        put_field(out, gen_field_at(fields, i), depth);
    }
}

static void put_table(gen_buf *out, const gen_table *table)
{
    static const char *const kinds[] = { "any", "normal", "relation" };
    size_t i;

    put_name(out, "table", table->name);
    gen_buf_add_fmt(out, " %s %s", kinds[table->kind],
                    table->schemafull ? "schemafull" : "schemaless");
    if (table->implied) gen_buf_add_text(out, " implied");
    put_attrs(out, &table->attrs);
    gen_buf_add_char(out, '\n');
    put_fields(out, &table->fields, 1);
    for (i = 0; i < table->indexes.count; i++) {
        const gen_index *index = gen_index_at(&table->indexes, i);
        size_t k;
        gen_buf_add_text(out, "  ");
        put_name(out, "index", index->name);
        for (k = 0; k < index->columns.count; k++) {
            gen_buf_add_char(out, ' ');
            gen_surql_path(out, gen_index_column(index, k));
        }
        gen_buf_add_text(out, index->kind == GEN_IX_UNIQUE ? " unique\n"
                         : "\n");
    }
}

static void put_enum(gen_buf *out, const gen_enum *e)
{
    size_t i;

    put_name(out, "enum", e->name);
    gen_buf_add_text(out, e->is_int ? ": int\n" : ": string\n");
    for (i = 0; i < e->variants.count; i++) {
        const gen_variant *v = gen_variant_at(&e->variants, i);
        gen_buf_add_text(out, "  ");
        put_name(out, "variant", v->name);
        if (e->is_int) {
            gen_buf_add_fmt(out, " = %lld\n", (long long)v->number);
        } else {
            gen_buf_add_text(out, " = ");
            gen_surql_string(out, v->value);
            gen_buf_add_char(out, '\n');
        }
    }
}

void gen_dump_ast(gen_ctx *ctx, gen_buf *out)
{
    const gen_schema *schema = &ctx->schema;
    size_t i;

    gen_buf_add_fmt(out, "target %d.%d\n", schema->target.major,
                    schema->target.minor);
    if (schema->prefix.len > 0) put_name(out, "prefix", schema->prefix);
    if (schema->prefix.len > 0) gen_buf_add_char(out, '\n');
    for (i = 0; i < schema->enums.count; i++) {
        put_enum(out, gen_enum_at(&schema->enums, i));
    }
    for (i = 0; i < schema->structs.count; i++) {
        const gen_struct *s = gen_struct_at(&schema->structs, i);
        put_name(out, "struct", s->name);
        gen_buf_add_char(out, '\n');
        put_fields(out, &s->fields, 1);
    }
    for (i = 0; i < schema->tables.count; i++) {
        put_table(out, gen_table_at(&schema->tables, i));
    }
    for (i = 0; i < schema->raws.count; i++) {
        const gen_raw *raw = gen_raw_at(&schema->raws, i);
        gen_buf_add_fmt(out, "raw %s %s\n", raw->kind.ptr, raw->name.ptr);
    }
}
