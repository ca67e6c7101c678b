/* surrealgen/emit/source.c: the tables that are written. */
#include "query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ISO C promises string literals of 4095 characters. */
#define EMIT_LITERAL_MAX 4000

static void
emit_char(gen_buf *out, char c)
{
    if (c < ' ' || c > '~' || c == '"' || c == '\\' || c == '?') {
        char text[8];

        /* Octal, because it ends after three digits. */
        snprintf(text, sizeof text, "\\%03o", (unsigned)(unsigned char)c);
        gen_buf_add_text(out, text);
    } else {
        gen_buf_add_char(out, c);
    }
}

void
emit_literal(gen_buf *out, gen_str text)
{
    size_t i;

    gen_buf_add_char(out, '"');
    for (i = 0; i < text.len; i++) {
        emit_char(out, text.ptr[i]);
    }
    gen_buf_add_char(out, '"');
}

void
emit_long_literal(gen_buf *out, gen_str text, const char *indent)
{
    size_t max = 64 / 4; /* an escape takes four */
    size_t i;

    for (i = 0; i < text.len && (unsigned char)text.ptr[i] < 127 &&
                text.ptr[i] != '"' && text.ptr[i] != '?'; i++) {
    }
    if (i == text.len) max = 64;
    do {
        gen_str piece = text;

        if (piece.len > max) piece.len = max;
        emit_literal(out, piece);
        text.ptr += piece.len;
        text.len -= piece.len;
        if (text.len) {
            gen_buf_add_char(out, '\n');
            gen_buf_add_text(out, indent);
        }
    } while (text.len);
}

/* The CBOR head of a name; returns its length. */
static size_t
emit_head(size_t len, unsigned char head[3])
{
    if (len < 24) {
        head[0] = (unsigned char)(0x60 + len);
        return 1;
    }
    if (len < 256) {
        head[0] = 0x78;
        head[1] = (unsigned char)len;
        return 2;
    }
    head[0] = 0x79;
    head[1] = (unsigned char)(len >> 8);
    head[2] = (unsigned char)len;
    return 3;
}

/* A name with its head. The head is a literal of its own: a hexadecimal
 * escape ends where the literal does. */
void
emit_key(gen_buf *out, gen_str name)
{
    unsigned char head[3];
    size_t len = emit_head(name.len, head);
    size_t i;

    gen_buf_add_char(out, '"');
    for (i = 0; i < len; i++) {
        char text[8];

        snprintf(text, sizeof text, "\\x%02x", head[i]);
        gen_buf_add_text(out, text);
    }
    gen_buf_add_text(out, "\" ");
    emit_literal(out, name);
}

/* ---- enums, arrays ------------------------------------------------------ */

static void
emit_enum_values(gen_buf *out, const emit_enum *e)
{
    int len = (int)e->name.len;
    const char *name = e->name.ptr;
    size_t i;

    gen_buf_add_fmt(out, "static const char *const %.*s_names_[] = {\n", len,
                    name);
    for (i = 0; i < e->values.count; i++) {
        const emit_value *v = (const emit_value *)e->values.at[i];

        gen_buf_add_text(out, "    ");
        emit_literal(out, v->text);
        gen_buf_add_text(out, i + 1 < e->values.count ? ",\n" : "\n");
    }
    gen_buf_add_text(out, "};\n\n");
    if (!e->is_int) return;
    gen_buf_add_fmt(out, "static const int64_t %.*s_numbers_[] = {\n", len,
                    name);
    for (i = 0; i < e->values.count; i++) {
        const emit_value *v = (const emit_value *)e->values.at[i];
        char text[48];

        /* The lowest number has no literal of its own. */
        if (v->number == INT64_MIN) {
            snprintf(text, sizeof text, "INT64_MIN");
        } else {
            snprintf(text, sizeof text, "INT64_C(%lld)",
                     (long long)v->number);
        }
        gen_buf_add_fmt(out, "    %s%s\n", text,
                        i + 1 < e->values.count ? "," : "");
    }
    gen_buf_add_text(out, "};\n\n");
}

static void
emit_enum_source(gen_buf *out, const emit_enum *e)
{
    int len = (int)e->name.len;
    const char *name = e->name.ptr;

    emit_enum_values(out, e);
    gen_buf_add_fmt(out, "static const surreal_enum %.*s_enum_ = {\n    ",
                    len, name);
    emit_literal(out, e->name);
    if (e->is_int) {
        gen_buf_add_fmt(out, ", NULL, %.*s_numbers_, %zu, %d\n};\n\n", len,
                        name, e->values.count, e->is_closed ? 1 : 0);
    } else {
        gen_buf_add_fmt(out, ", %.*s_names_, NULL, %zu, %d\n};\n\n", len,
                        name, e->values.count, e->is_closed ? 1 : 0);
    }
    /* Tables hold enums as int. */
    gen_buf_add_fmt(out,
                    "typedef char %.*s_size_\n"
                    "    [sizeof(%.*s) == sizeof(int) ? 1 : -1];\n\n",
                    len, name, len, name);
    gen_buf_add_fmt(out,
                    "const char *\n%.*s_name(%.*s v)\n{\n"
                    "    if ((unsigned)v - 1u >= %zuu) return NULL;\n"
                    "    return %.*s_names_[(unsigned)v - 1u];\n}\n\n",
                    len, name, len, name, e->values.count, len, name);
    gen_buf_add_fmt(out,
                    "bool\n%.*s_parse(%s, %.*s *out)\n{\n    int i;\n\n"
                    "    for (i = 0; i < %zu; i++) {\n        if (",
                    len, name,
                    e->is_int ? "int64_t number" : "surreal_str text", len,
                    name, e->values.count);
    if (e->is_int) {
        gen_buf_add_fmt(out, "number != %.*s_numbers_[i]", len, name);
    } else {
        gen_buf_add_fmt(out,
                        "!surreal_str_eq(\n                text,"
                        " surreal_text(%.*s_names_[i]))",
                        len, name);
    }
    gen_buf_add_fmt(out,
                    ") {\n            continue;\n        }\n"
                    "        *out = (%.*s)(i + 1);\n"
                    "        return true;\n    }\n    return false;\n}\n\n",
                    len, name);
}

/* Several tables: their names as a CBOR array. */
static void
emit_tables(gen_buf *out, const gen_list *names)
{
    char head[16];
    size_t i;

    snprintf(head, sizeof head, "\"\\x%02x\"",
             (unsigned)(0x80 + names->count));
    gen_buf_add_text(out, head);
    for (i = 0; i < names->count; i++) {
        gen_buf_add_char(out, ' ');
        emit_key(out, gen_name_at(names, i)->text);
    }
}

static void
emit_ref(gen_buf *out, gen_str name, const char *end)
{
    gen_buf_add_fmt(out, "&%.*s%s_", (int)name.len, name.ptr, end);
}

bool
emit_sub(gen_buf *out, const emit_type *type)
{
    if (type->e) {
        gen_buf_add_fmt(out, "&%.*s_enum_", (int)type->e->name.len,
                        type->e->name.ptr);
    } else if (type->s) {
        gen_buf_add_fmt(out, "&%.*s_model", (int)type->s->name.len,
                        type->s->name.ptr);
    } else if (type->a) {
        gen_buf_add_fmt(out, "&%.*s_", (int)type->a->name.len,
                        type->a->name.ptr);
    } else if (type->table.len) {
        emit_key(out, type->table);
    } else if (type->tables) {
        emit_tables(out, type->tables);
    } else if (type->literal) {
        emit_literal_item(out, type->literal);
    } else if (type->kinds.len) {
        emit_ref(out, type->kinds, "");
    } else if (type->u) {
        emit_ref(out, type->u->name, "_union");
    } else if (type->t) {
        emit_ref(out, type->t->name, "_tuple");
    } else if (type->m) {
        emit_ref(out, type->m->name, "_part");
    } else if (type->user) {
        emit_ref(out, type->user->name, "");
    } else {
        return false;
    }
    return true;
}

static void
emit_array_source(gen_buf *out, const emit_array *a)
{
    gen_buf_add_fmt(out, "static const surreal_items %.*s_ = {\n    ",
                    (int)a->name.len, a->name.ptr);
    if (!emit_sub(out, &a->item)) gen_buf_add_text(out, "NULL");
    gen_buf_add_fmt(out,
                    ", (uint32_t)sizeof(%.*s), %u,\n"
                    "    SURREAL_MEMBER_%s, %d, %d\n};\n\n",
                    (int)a->item.c.len, a->item.c.ptr, (unsigned)a->max,
                    a->item.member, a->is_set ? 1 : 0, a->is_inline ? 1 : 0);
}

/* ---- structs ------------------------------------------------------------ */

static int
emit_by_column(const void *a, const void *b)
{
    const emit_member *x = *(const emit_member *const *)a;
    const emit_member *y = *(const emit_member *const *)b;
    size_t len = x->column.len < y->column.len ? x->column.len
                                               : y->column.len;
    int order = memcmp(x->column.ptr, y->column.ptr, len);

    if (order) return order;
    return x->column.len < y->column.len ? -1 : x->column.len > y->column.len;
}

static void
emit_pool_text(gen_buf *out, gen_str name, const emit_member *const *members,
               size_t count)
{
    size_t i;

    gen_buf_add_fmt(out, "static const char %.*s_pool_[] =\n",
                    (int)name.len, name.ptr);
    for (i = 0; i < count; i++) {
        gen_buf_add_text(out, "    ");
        emit_key(out, members[i]->column);
        gen_buf_add_char(out, '\n');
    }
    /* Keys are copied in blocks of 16. */
    gen_buf_add_text(out, "    \"\\0\\0\\0\\0\\0\\0\\0\\0\"\n"
                          "    \"\\0\\0\\0\\0\\0\\0\\0\";\n\n");
}

/* Too long for a string literal: numbers. */
static void
emit_pool_bytes(gen_buf *out, gen_str name,
                const emit_member *const *members, size_t count)
{
    size_t i;
    size_t j;

    gen_buf_add_fmt(out, "static const char %.*s_pool_[] = {\n",
                    (int)name.len, name.ptr);
    for (i = 0; i < count; i++) {
        gen_str column = members[i]->column;
        unsigned char head[3];
        size_t len = emit_head(column.len, head);

        gen_buf_add_text(out, "    ");
        for (j = 0; j < len + column.len; j++) {
            unsigned byte = j < len ? head[j]
                                    : (unsigned char)column.ptr[j - len];

            if (j && j % 8 == 0) gen_buf_add_text(out, "\n    ");
            gen_buf_add_fmt(out, "(char)%u,", byte);
        }
        gen_buf_add_char(out, '\n');
    }
    gen_buf_add_text(out, "    0, 0, 0, 0, 0, 0, 0, 0,\n"
                          "    0, 0, 0, 0, 0, 0, 0, 0\n};\n\n");
}

static void
emit_flags(gen_buf *out, const emit_member *m)
{
    const char *between = "";

    if (m->optional) {
        gen_buf_add_text(out, "SURREAL_FIELD_OPTION");
        between = " | ";
    }
    if (m->nullable) {
        gen_buf_add_fmt(out, "%sSURREAL_FIELD_NULLABLE", between);
        between = " | ";
    }
    if (m->server) {
        gen_buf_add_fmt(out, "%sSURREAL_FIELD_SERVER", between);
        between = " | ";
    }
    if (m->secret) {
        gen_buf_add_fmt(out, "%sSURREAL_FIELD_SECRET", between);
        between = " | ";
    }
    if (m->unread) {
        gen_buf_add_fmt(out, "%sSURREAL_FIELD_UNREAD", between);
        between = " | ";
    }
    if (m->required) {
        gen_buf_add_fmt(out, "%sSURREAL_FIELD_REQUIRED", between);
        between = " | ";
    }
    if (m->key) {
        gen_buf_add_fmt(out, "%sSURREAL_FIELD_KEY", between);
        between = " | ";
    }
    if (!*between) gen_buf_add_char(out, '0');
}

static bool
emit_has_sub(const gen_buf *out, const emit_type *type)
{
    gen_buf text;

    gen_buf_init(&text, out->ctx);
    return emit_sub(&text, type);
}

static void
emit_field_table(gen_buf *out, const emit_struct *s,
                 const emit_member *const *members, size_t count)
{
    size_t key = 0;
    unsigned sub = 0;
    size_t i;

    gen_buf_add_fmt(out,
                    "static const surreal_field_desc %.*s_fields_[] = {\n",
                    (int)s->name.len, s->name.ptr);
    for (i = 0; i < count; i++) {
        const emit_member *m = members[i];
        const emit_type *t = &m->type;
        unsigned char head[3];
        size_t len = emit_head(m->column.len, head) + m->column.len;

        if (t->literal) {
            gen_buf_add_text(out, "    {0,");
        } else {
            gen_buf_add_fmt(out, "    {(uint32_t)offsetof(%.*s, %.*s),",
                            (int)s->name.len, s->name.ptr, (int)m->name.len,
                            m->name.ptr);
        }
        gen_buf_add_fmt(out, "\n     %zu, %zu, %u, ", key, len,
                        (unsigned)m->bit);
        if (t->cap) {
            gen_buf_add_fmt(out, "%u", (unsigned)t->cap);
        } else if (emit_has_sub(out, t)) {
            gen_buf_add_fmt(out, "%u", sub++);
        } else {
            gen_buf_add_text(out, "SURREAL_NO_SUB");
        }
        gen_buf_add_fmt(out, ", SURREAL_MEMBER_%s,\n     ", t->member);
        emit_flags(out, m);
        gen_buf_add_text(out, i + 1 < count ? "},\n" : "}\n");
        key += len;
    }
    gen_buf_add_text(out, "};\n\n");
}

static bool
emit_sub_table(gen_buf *out, const emit_struct *s,
               const emit_member *const *members, size_t count)
{
    bool has_any = false;
    size_t i;

    for (i = 0; i < count; i++) {
        gen_buf text;

        gen_buf_init(&text, out->ctx);
        if (!emit_sub(&text, &members[i]->type)) continue;
        if (!has_any) {
            gen_buf_add_fmt(out, "static const void *const %.*s_subs_[] = {",
                            (int)s->name.len, s->name.ptr);
        }
        gen_buf_add_fmt(out, "%s\n    %s", has_any ? "," : "", text.ptr);
        has_any = true;
    }
    if (has_any) gen_buf_add_text(out, "\n};\n\n");
    return has_any;
}

static void
emit_required(gen_buf *out, const emit_struct *s, unsigned words)
{
    unsigned word;
    size_t i;

    gen_buf_add_fmt(out, "static const uint64_t %.*s_required_[] = {\n",
                    (int)s->name.len, s->name.ptr);
    for (word = 0; word < words; word++) {
        uint64_t bits = 0;
        char text[48];

        for (i = 0; i < s->members.count; i++) {
            const emit_member *m = (const emit_member *)s->members.at[i];

            if (m->required && !m->unread && m->bit / 64 == word) {
                bits |= (uint64_t)1 << m->bit % 64;
            }
        }
        snprintf(text, sizeof text, "    UINT64_C(0x%llx)%s\n",
                 (unsigned long long)bits, word + 1 < words ? "," : "");
        gen_buf_add_text(out, text);
    }
    gen_buf_add_text(out, "};\n\n");
}

static void
emit_model_flags(gen_buf *out, const emit_struct *s)
{
    const char *between = "";

    if (s->keep) {
        gen_buf_add_text(out, "SURREAL_MODEL_KEEP");
        between = " | ";
    }
    if (s->strict) {
        gen_buf_add_text(out, "SURREAL_MODEL_STRICT");
        between = " | ";
    }
    if (s->has_secret) {
        gen_buf_add_fmt(out, "%sSURREAL_MODEL_SECRET", between);
        between = " | ";
    }
    if (!*between) gen_buf_add_char(out, '0');
}

static void
emit_struct_source(gen_buf *out, const emit_struct *s)
{
    size_t count = s->members.count;
    unsigned words = count ? (unsigned)(count + 63) / 64 : 1;
    const emit_member **members = (const emit_member **)gen_new(
        out->ctx, (count + 1) * sizeof *members);
    unsigned mark = s->table ? words : 0;
    unsigned null = s->has_null ? words + mark : 0;
    unsigned extra = s->has_extra
                         ? words + mark + (s->has_null ? words : 0)
                         : 0;
    size_t pool = 0;
    size_t rules;
    bool has_subs;
    size_t i;

    for (i = 0; i < count; i++) {
        members[i] = (const emit_member *)s->members.at[i];
        pool += members[i]->column.len + 3;
    }
    qsort(members, count, sizeof *members, emit_by_column);
    if (pool > EMIT_LITERAL_MAX) {
        emit_pool_bytes(out, s->name, members, count);
    } else {
        emit_pool_text(out, s->name, members, count);
    }
    has_subs = emit_sub_table(out, s, members, count);
    if (count) emit_field_table(out, s, members, count);
    emit_required(out, s, words);
    rules = emit_rules(out, s, members, count);
    gen_buf_add_fmt(out, "const surreal_model %.*s_model = {\n    ",
                    (int)s->name.len, s->name.ptr);
    emit_literal(out, s->column);
    if (count) {
        gen_buf_add_fmt(out, ",\n    %.*s_fields_,\n", (int)s->name.len,
                        s->name.ptr);
    } else {
        gen_buf_add_text(out, ",\n    NULL,\n");
    }
    gen_buf_add_fmt(out, "    %.*s_pool_,\n", (int)s->name.len, s->name.ptr);
    if (has_subs) {
        gen_buf_add_fmt(out, "    %.*s_subs_,\n", (int)s->name.len,
                        s->name.ptr);
    } else {
        gen_buf_add_text(out, "    NULL,\n");
    }
    gen_buf_add_fmt(out,
                    "    %.*s_required_,\n    (uint32_t)sizeof(%.*s),\n"
                    "    %zu, %u, %u, %u, %u, ",
                    (int)s->name.len, s->name.ptr, (int)s->name.len,
                    s->name.ptr, count, words, mark, null, extra);
    emit_model_flags(out, s);
    if (rules) {
        gen_buf_add_fmt(out, ", %zu, %.*s_rules_\n};\n\n", rules,
                        (int)s->name.len, s->name.ptr);
    } else {
        gen_buf_add_text(out, ", 0, NULL\n};\n\n");
    }
}

void
emit_source(emit_plan *plan, gen_buf *out)
{
    size_t i;

    emit_banner(plan, out, "c");
    gen_buf_add_fmt(out, "#include \"%.*s.h\"\n\n", (int)plan->file.len,
                    plan->file.ptr);
    for (i = 0; i < plan->items.count; i++) {
        const emit_item *item = (const emit_item *)plan->items.at[i];

        if (item->kind == EMIT_ENUM) {
            emit_enum_source(out, (const emit_enum *)item->of);
        } else if (item->kind == EMIT_ARRAY) {
            emit_array_source(out, (const emit_array *)item->of);
        } else if (item->kind != EMIT_STRUCT) {
            emit_shape_source(out, item);
        } else {
            emit_struct_source(out, (const emit_struct *)item->of);
        }
    }
    emit_queries_source(plan, out);
    if (plan->stamp.len) {
        gen_buf_add_fmt(out, "const surreal_schema %.*s = {\n    ",
                        (int)plan->stamp.len, plan->stamp.ptr);
        emit_literal(out, plan->file);
        gen_buf_add_fmt(out, ",\n    \"%s\"\n};\n", plan->opt->hash);
    }
    while (out->len > 1 && out->ptr[out->len - 2] == '\n') {
        out->ptr[--out->len] = '\0';
    }
}
