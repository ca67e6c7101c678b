/* surrealgen/emit/shape.c: unions, tuples and the like as C text. */
#include "emit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const emit_part *
emit_part_at(const gen_list *list, size_t i)
{
    return (const emit_part *)list->at[i];
}

/* ---- the header --------------------------------------------------------- */

static void
emit_union_header(gen_buf *out, const emit_union *u)
{
    int len = (int)u->name.len;
    const char *name = u->name.ptr;
    size_t i;

    gen_buf_add_fmt(out, "typedef enum %.*s_tag {\n    %.*s = 0,\n", len,
                    name, (int)u->none.len, u->none.ptr);
    for (i = 0; i < u->arms.count; i++) {
        const emit_part *arm = emit_part_at(&u->arms, i);

        gen_buf_add_fmt(out, "    %.*s,\n", (int)arm->constant.len,
                        arm->constant.ptr);
    }
    gen_buf_add_fmt(out,
                    "    %.*s /* none of these: u.other */\n} %.*s_tag;\n\n",
                    (int)u->other.len, u->other.ptr, len, name);
    emit_doc(out, u->doc, "");
    gen_buf_add_fmt(out,
                    "typedef struct %.*s {\n    %.*s_tag tag;\n"
                    "    union {\n",
                    len, name, len, name);
    for (i = 0; i < u->arms.count; i++) {
        const emit_part *arm = emit_part_at(&u->arms, i);

        emit_declare(out, &arm->type, arm->name, "        ");
        gen_buf_add_char(out, '\n');
    }
    gen_buf_add_fmt(out,
                    "        surreal_raw other;\n    } u;\n} %.*s;\n\n", len,
                    name);
}

static void
emit_tuple_header(gen_buf *out, const emit_tuple *t)
{
    size_t i;

    emit_doc(out, t->doc, "");
    gen_buf_add_fmt(out, "typedef struct %.*s {\n", (int)t->name.len,
                    t->name.ptr);
    for (i = 0; i < t->parts.count; i++) {
        const emit_part *part = emit_part_at(&t->parts, i);

        emit_declare(out, &part->type, part->name, "    ");
        gen_buf_add_char(out, '\n');
    }
    gen_buf_add_fmt(out, "} %.*s;\n\n", (int)t->name.len, t->name.ptr);
}

static void
emit_maybe_header(gen_buf *out, const emit_maybe *m)
{
    gen_buf_add_fmt(out,
                    "typedef struct %.*s {\n    bool has;\n"
                    "    bool is_null; /* where `has` is false */\n",
                    (int)m->name.len, m->name.ptr);
    emit_declare(out, &m->of, gen_str_lit("v"), "    ");
    gen_buf_add_fmt(out, "\n} %.*s;\n\n", (int)m->name.len, m->name.ptr);
}

static void
emit_user_header(gen_buf *out, const emit_user *user)
{
    gen_buf_add_fmt(out,
                    "/* Yours. err may be NULL. */\n"
                    "surreal_status %.*s_decode(surreal_value v,\n"
                    "        %.*s *out, surreal_error *err);\n"
                    "surreal_status %.*s_encode(const %.*s *v,\n"
                    "        surreal_writer *w, surreal_error *err);\n\n",
                    (int)user->via.len, user->via.ptr, (int)user->c.len,
                    user->c.ptr, (int)user->via.len, user->via.ptr,
                    (int)user->c.len, user->c.ptr);
}

void
emit_shape_header(gen_buf *out, const emit_item *item)
{
    if (item->kind == EMIT_UNION) {
        emit_union_header(out, (const emit_union *)item->of);
    } else if (item->kind == EMIT_TUPLE) {
        emit_tuple_header(out, (const emit_tuple *)item->of);
    } else if (item->kind == EMIT_MAYBE) {
        emit_maybe_header(out, (const emit_maybe *)item->of);
    } else if (item->kind == EMIT_USER) {
        emit_user_header(out, (const emit_user *)item->of);
    }
}

/* ---- the source --------------------------------------------------------- */

static void
emit_bytes(gen_buf *out, const unsigned char *bytes, size_t len)
{
    size_t i;

    gen_buf_add_char(out, '"');
    for (i = 0; i < len; i++) {
        char text[8];

        snprintf(text, sizeof text, "\\x%02x", bytes[i]);
        gen_buf_add_text(out, text);
    }
    gen_buf_add_char(out, '"');
}

void
emit_literal_item(gen_buf *out, const gen_type *literal)
{
    unsigned char bytes[9];
    unsigned long long v;
    size_t width;
    size_t i;
    bool is_minus;

    if (literal->literal_kind == GEN_L_STRING) {
        emit_key(out, literal->value);
        return;
    }
    if (literal->literal_kind == GEN_L_BOOL) {
        bytes[0] = literal->literal.ptr[0] == 't' ||
                           literal->literal.ptr[0] == 'T' ? 0xf5 : 0xf4;
        emit_bytes(out, bytes, 1);
        return;
    }
    is_minus = literal->value.ptr[0] == '-';
    v = strtoull(literal->value.ptr + is_minus, NULL, 10);
    if (is_minus && v) v--;
    if (v == 0) is_minus = is_minus && literal->value.ptr[1] != '0';
    width = v < 24 ? 0 : v <= 0xff ? 1 : v <= 0xffff ? 2
                     : v <= 0xffffffff ? 4 : 8;
    bytes[0] = (unsigned char)((is_minus ? 0x20 : 0) |
                               (width == 0   ? (unsigned)v
                                : width == 1 ? 24u
                                : width == 2 ? 25u
                                : width == 4 ? 26u
                                             : 27u));
    for (i = 0; i < width; i++) {
        bytes[1 + i] = (unsigned char)(v >> 8 * (width - 1 - i));
    }
    emit_bytes(out, bytes, 1 + width);
}

/* The type a sizeof can name, or the member of a struct that has it. */
static void
emit_size(gen_buf *out, const emit_type *type)
{
    if (type->c.len) {
        gen_buf_add_fmt(out, "(uint32_t)sizeof(%.*s)", (int)type->c.len,
                        type->c.ptr);
    } else {
        gen_buf_add_char(out, '0'); /* an array says so itself */
    }
}

static void
emit_sub_or_null(gen_buf *out, const emit_type *type)
{
    if (!emit_sub(out, type)) gen_buf_add_text(out, "NULL");
}

static void
emit_union_source(gen_buf *out, const emit_union *u)
{
    int len = (int)u->name.len;
    const char *name = u->name.ptr;
    size_t i;

    gen_buf_add_fmt(out, "static const surreal_part %.*s_arms_[] = {\n", len,
                    name);
    for (i = 0; i < u->arms.count; i++) {
        const emit_part *arm = emit_part_at(&u->arms, i);

        gen_buf_add_text(out, "    {");
        emit_sub_or_null(out, &arm->type);
        gen_buf_add_text(out, ",\n     ");
        if (arm->tag) {
            emit_literal_item(out, arm->tag);
        } else {
            gen_buf_add_text(out, "NULL");
        }
        gen_buf_add_fmt(out, ",\n     0, %.*s,\n     ", (int)arm->kinds.len,
                        arm->kinds.ptr);
        emit_size(out, &arm->type);
        gen_buf_add_fmt(out, ", SURREAL_MEMBER_%s, 0}%s\n", arm->type.member,
                        i + 1 < u->arms.count ? "," : "");
    }
    gen_buf_add_fmt(out,
                    "};\n\nstatic const surreal_union %.*s_union_ = {\n    ",
                    len, name);
    emit_literal(out, u->text);
    gen_buf_add_fmt(out, ",\n    %.*s_arms_,\n    ", len, name);
    if (u->column.len) {
        emit_key(out, u->column);
    } else {
        gen_buf_add_text(out, "NULL");
    }
    gen_buf_add_fmt(out,
                    ",\n    (uint32_t)sizeof(%.*s),\n"
                    "    (uint32_t)offsetof(%.*s, u), %zu, %d\n};\n\n",
                    len, name, len, name, u->arms.count,
                    u->is_closed ? 1 : 0);
    gen_buf_add_fmt(out,
                    "typedef char %.*s_size_\n"
                    "    [sizeof(%.*s_tag) == sizeof(int) ? 1 : -1];\n\n",
                    len, name, len, name);
}

static void
emit_tuple_source(gen_buf *out, const emit_tuple *t)
{
    int len = (int)t->name.len;
    const char *name = t->name.ptr;
    size_t i;

    gen_buf_add_fmt(out, "static const surreal_part %.*s_parts_[] = {\n", len,
                    name);
    for (i = 0; i < t->parts.count; i++) {
        const emit_part *part = emit_part_at(&t->parts, i);

        gen_buf_add_text(out, "    {");
        emit_sub_or_null(out, &part->type);
        gen_buf_add_fmt(out,
                        ", NULL,\n     (uint32_t)offsetof(%.*s, %.*s), 0, ",
                        len, name, (int)part->name.len, part->name.ptr);
        emit_size(out, &part->type);
        gen_buf_add_fmt(out, ",\n     SURREAL_MEMBER_%s, 0}%s\n",
                        part->type.member,
                        i + 1 < t->parts.count ? "," : "");
    }
    gen_buf_add_fmt(out,
                    "};\n\nstatic const surreal_tuple %.*s_tuple_ = {\n"
                    "    %.*s_parts_, %zu, (uint32_t)sizeof(%.*s)\n};\n\n",
                    len, name, len, name, t->parts.count, len, name);
}

static void
emit_maybe_source(gen_buf *out, const emit_maybe *m)
{
    int len = (int)m->name.len;
    const char *name = m->name.ptr;

    gen_buf_add_fmt(out, "static const surreal_part %.*s_part_ = {\n    ",
                    len, name);
    emit_sub_or_null(out, &m->of);
    gen_buf_add_fmt(out,
                    ", NULL,\n    (uint32_t)offsetof(%.*s, v), 0, "
                    "(uint32_t)sizeof(%.*s),\n    SURREAL_MEMBER_%s, ",
                    len, name, len, name, m->of.member);
    gen_buf_add_text(out, m->optional && m->nullable
                              ? "SURREAL_FIELD_OPTION | "
                                "SURREAL_FIELD_NULLABLE"
                          : m->optional ? "SURREAL_FIELD_OPTION"
                                        : "SURREAL_FIELD_NULLABLE");
    gen_buf_add_text(out, "\n};\n\n");
}

static void
emit_user_source(gen_buf *out, const emit_user *user)
{
    int len = (int)user->name.len;
    const char *name = user->name.ptr;
    int via = (int)user->via.len;
    int c = (int)user->c.len;

    gen_buf_add_fmt(out,
                    "static surreal_status\n"
                    "%.*s_decode_(surreal_value v, void *out,"
                    " surreal_error *err)\n{\n"
                    "    return %.*s_decode(v, (%.*s *)out, err);\n}\n\n",
                    len, name, via, user->via.ptr, c, user->c.ptr);
    gen_buf_add_fmt(out,
                    "static surreal_status\n"
                    "%.*s_encode_(const void *v, surreal_writer *w,"
                    " surreal_error *err)\n{\n"
                    "    return %.*s_encode((const %.*s *)v, w, err);\n"
                    "}\n\n",
                    len, name, via, user->via.ptr, c, user->c.ptr);
    gen_buf_add_fmt(out, "static const surreal_user %.*s_ = {\n    ", len,
                    name);
    emit_literal(out, user->c);
    gen_buf_add_fmt(out,
                    ", %.*s_decode_, %.*s_encode_,\n"
                    "    (uint32_t)sizeof(%.*s)\n};\n\n",
                    len, name, len, name, c, user->c.ptr);
}

void
emit_shape_source(gen_buf *out, const emit_item *item)
{
    const emit_mask *mask = (const emit_mask *)item->of;

    if (item->kind == EMIT_UNION) {
        emit_union_source(out, (const emit_union *)item->of);
    } else if (item->kind == EMIT_TUPLE) {
        emit_tuple_source(out, (const emit_tuple *)item->of);
    } else if (item->kind == EMIT_MAYBE) {
        emit_maybe_source(out, (const emit_maybe *)item->of);
    } else if (item->kind == EMIT_USER) {
        emit_user_source(out, (const emit_user *)item->of);
    } else {
        gen_buf_add_fmt(out, "static const uint32_t %.*s_ =\n    %.*s;\n\n",
                        (int)mask->name.len, mask->name.ptr,
                        (int)mask->kinds.len, mask->kinds.ptr);
    }
}
