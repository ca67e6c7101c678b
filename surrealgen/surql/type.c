/* surrealgen/surql/type.c: names, strings and types as SurrealQL. */
#include "surql.h"

/* ------------------------------------------------------------------- names */

bool sql_same_word(gen_str a, const char *word)
{
    size_t i;

    for (i = 0; i < a.len && word[i] != 0; i++) {
        char c = a.ptr[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        if (c != word[i]) return false;
    }
    return i == a.len && word[i] == 0;
}

/* Words that are something else at some place where a name can stand. */
static bool is_reserved(gen_str name)
{
    static const char *const words[] = {
        "alter", "break", "continue", "create", "define", "delete",
        "explain", "false", "fn", "for", "function", "if", "infinity",
        "info", "insert", "let", "ml", "nan", "none", "null", "only",
        "overwrite", "rand", "rebuild", "relate", "remove", "return",
        "select", "sleep", "table", "throw", "true", "update", "upsert",
        "value", NULL
    };
    size_t i;

    for (i = 0; words[i] != NULL; i++) {
        if (name.len > 0 && (name.ptr[0] | 0x20) != words[i][0]) continue;
        if (sql_same_word(name, words[i])) return true;
    }
    return false;
}

static bool is_plain(gen_str name)
{
    size_t i;

    for (i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && c != '_' && (i == 0 || c < '0' || c > '9')) {
            return false;
        }
    }
    return name.len > 0 && !is_reserved(name);
}

void gen_surql_quoted(gen_buf *out, gen_str name)
{
    size_t i;

    gen_buf_add_char(out, '`');
    for (i = 0; i < name.len; i++) {
        if (name.ptr[i] == '`' || name.ptr[i] == '\\') {
            gen_buf_add_char(out, '\\');
        }
        gen_buf_add_char(out, name.ptr[i]);
    }
    gen_buf_add_char(out, '`');
}

void gen_surql_name(gen_buf *out, gen_str name)
{
    if (is_plain(name)) {
        gen_buf_add_str(out, name);
    } else {
        gen_surql_quoted(out, name);
    }
}

void sql_part(gen_buf *out, const gen_part *part, bool first)
{
    if (part->kind == GEN_PART_INDEX) {
        gen_buf_add_fmt(out, "[%s]", part->name.ptr);
        return;
    }
    if (!first) gen_buf_add_char(out, '.');
    if (part->kind == GEN_PART_ALL) {
        gen_buf_add_char(out, '*');
    } else {
        gen_surql_name(out, part->name);
    }
}

void gen_surql_path(gen_buf *out, const gen_list *path)
{
    size_t i;

    for (i = 0; i < path->count; i++) {
        sql_part(out, gen_part_at(path, i), i == 0);
    }
}

/* Both versions read \\ and \' and raw characters. */
void gen_surql_string(gen_buf *out, gen_str text)
{
    size_t i;

    gen_buf_add_char(out, '\'');
    for (i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\'' || text.ptr[i] == '\\') {
            gen_buf_add_char(out, '\\');
        }
        gen_buf_add_char(out, text.ptr[i]);
    }
    gen_buf_add_char(out, '\'');
}

/* ------------------------------------------------------------------- types */

static void put_names(gen_buf *out, const gen_type *type)
{
    size_t i;

    gen_buf_add_text(out, gen_type_word(type->kind));
    if (type->names.count == 0) return;
    gen_buf_add_char(out, '<');
    for (i = 0; i < type->names.count; i++) {
        if (i > 0) gen_buf_add_text(out, " | ");
        gen_surql_name(out, gen_name_at(&type->names, i)->text);
    }
    gen_buf_add_char(out, '>');
}

static void put_enum(gen_buf *out, const gen_enum *e)
{
    size_t i;

    for (i = 0; i < e->variants.count; i++) {
        const gen_variant *v = gen_variant_at(&e->variants, i);
        if (i > 0) gen_buf_add_text(out, " | ");
        if (e->is_int) {
            gen_buf_add_fmt(out, "%lld", (long long)v->number);
        } else {
            gen_surql_string(out, v->value);
        }
    }
}

/* Members as one closed object type. */
static void put_fields_type(gen_buf *out, const gen_list *fields)
{
    size_t i;

    gen_buf_add_text(out, "{ ");
    for (i = 0; i < fields->count; i++) {
        const gen_field *field = gen_field_at(fields, i);
        if (i > 0) gen_buf_add_text(out, ", ");
        gen_surql_name(out, field->name);
        gen_buf_add_text(out, ": ");
        if (field->children.count > 0 && gen_field_elem(field) == NULL) {
            bool option = field->type->kind == GEN_T_OPTION;
            if (option) gen_buf_add_text(out, "option<");
            put_fields_type(out, &field->children);
            if (option) gen_buf_add_char(out, '>');
        } else {
            sql_type(out, field->type, false);
        }
    }
    gen_buf_add_text(out, " }");
}

static void put_shape(gen_buf *out, const gen_type *type)
{
    size_t i;

    if (type->members.count == 0) {
        gen_buf_add_text(out, "{}");
        return;
    }
    gen_buf_add_text(out, "{ ");
    for (i = 0; i < type->members.count; i++) {
        const gen_member *member = gen_member_at(&type->members, i);
        if (i > 0) gen_buf_add_text(out, ", ");
        gen_surql_name(out, member->name);
        gen_buf_add_text(out, ": ");
        sql_type(out, member->type, false);
    }
    gen_buf_add_text(out, " }");
}

/* What a chain of aliases stands for. */
static const gen_type *plain(const gen_type *type)
{
    while (type->kind == GEN_T_ALIAS) {
        type = type->alias_ref->type;
    }
    return type;
}

/* The arms without NONE; true when there was one, however it was written. */
static bool put_arms(gen_buf *out, const gen_type *type, bool *first)
{
    bool option = false;
    size_t i;

    type = plain(type);
    if (type->kind == GEN_T_NONE) return true;
    if (type->kind == GEN_T_OPTION) {
        put_arms(out, type->elem, first);
        return true;
    }
    if (type->kind != GEN_T_UNION) {
        if (!*first) gen_buf_add_text(out, " | ");
        *first = false;
        sql_type(out, type, false);
        return false;
    }
    for (i = 0; i < type->arms.count; i++) {
        if (put_arms(out, gen_type_at(&type->arms, i), first)) option = true;
    }
    return option;
}

/* NONE among the arms, or option<> as one, becomes option<> around them. */
static void put_union(gen_buf *out, const gen_type *type)
{
    bool first = true;
    gen_buf arms;

    gen_buf_init(&arms, out->ctx);
    if (put_arms(&arms, type, &first)) {
        gen_buf_add_text(out, "option<");
        gen_buf_add(out, arms.ptr, arms.len);
        gen_buf_add_char(out, '>');
    } else {
        gen_buf_add(out, arms.ptr, arms.len);
    }
}

static void put_elem(gen_buf *out, const gen_type *type, bool open)
{
    const gen_type *elem = type->elem != NULL ? plain(type->elem) : NULL;
    size_t at;

    /* option<> of what has one already is one. */
    if (type->kind == GEN_T_OPTION && elem->kind == GEN_T_OPTION) {
        put_elem(out, elem, open);
        return;
    }
    if (type->kind == GEN_T_OPTION && elem->kind == GEN_T_UNION
        && elem->optional) {
        put_union(out, elem);
        return;
    }
    gen_buf_add_text(out, gen_type_word(type->kind));
    if (elem == NULL) return;
    gen_buf_add_char(out, '<');
    /* `<-` is an arrow: a negative literal keeps its distance. */
    at = out->len;
    sql_type(out, elem, open);
    if (out->ptr[at] == '-') {
        out->len = at;
        gen_buf_add_char(out, ' ');
        sql_type(out, elem, open);
    }
    if (type->has_length) {
        gen_buf_add_fmt(out, ", %llu", (unsigned long long)type->length);
    }
    gen_buf_add_char(out, '>');
}

static void put_tuple(gen_buf *out, const gen_type *type)
{
    size_t i;

    gen_buf_add_char(out, '[');
    for (i = 0; i < type->arms.count; i++) {
        if (i > 0) gen_buf_add_text(out, ", ");
        sql_type(out, gen_type_at(&type->arms, i), false);
    }
    gen_buf_add_char(out, ']');
}

void sql_type(gen_buf *out, const gen_type *type, bool open)
{
    switch (type->kind) {
    case GEN_T_OPTION:
    case GEN_T_ARRAY:
    case GEN_T_SET:
        put_elem(out, type, open);
        break;
    case GEN_T_RECORD:
    case GEN_T_TABLE:
    case GEN_T_FILE:
    case GEN_T_GEOMETRY:
    case GEN_T_REFERENCES:
        put_names(out, type);
        break;
    case GEN_T_UNION:
        put_union(out, type);
        break;
    case GEN_T_LITERAL:
        gen_buf_add_str(out, type->literal);
        break;
    case GEN_T_SHAPE:
        put_shape(out, type);
        break;
    case GEN_T_TUPLE:
        put_tuple(out, type);
        break;
    case GEN_T_ENUM:
        put_enum(out, type->enum_ref);
        break;
    case GEN_T_STRUCT:
        if (open) {
            gen_buf_add_text(out, "object");
        } else {
            put_fields_type(out, &type->struct_ref->fields);
        }
        break;
    case GEN_T_ALIAS:
        sql_type(out, type->alias_ref->type, open);
        break;
    case GEN_T_NAME:
        gen_buf_add_str(out, type->name);
        break;
    default:
        gen_buf_add_text(out, gen_type_word(type->kind));
        break;
    }
}

void gen_surql_type(gen_buf *out, const gen_type *type)
{
    sql_type(out, type, true);
}

const gen_struct *sql_open_struct(const gen_type *type, gen_buf *steps)
{
    type = plain(type);
    while (type->kind == GEN_T_OPTION || type->kind == GEN_T_ARRAY
           || type->kind == GEN_T_SET) {
        if (type->elem == NULL) return NULL;
        if (type->kind != GEN_T_OPTION) gen_buf_add_text(steps, ".*");
        type = plain(type->elem);
    }
    return type->kind == GEN_T_STRUCT ? type->struct_ref : NULL;
}
