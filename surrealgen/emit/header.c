/* surrealgen/emit/header.c: the header that is written.
 *
 * Functions are templates: `$` stands for the struct's name, `@` for the
 * member's, `#` for its type, `!` for its constant and `~` for the other end
 * of an edge. Lines that grow too long are broken afterwards. */
#include "query.h"

#include <string.h>

/* Where to break a line that is longer than `cut`: behind the last comma, or
 * else at the last blank. 0 if there is neither. */
static size_t
emit_break(const char *line, size_t indent, size_t cut)
{
    size_t i;

    for (i = cut; i > indent; i--) {
        if (line[i] == ' ' && line[i - 1] == ',') return i;
    }
    for (i = cut; i > indent; i--) {
        if (line[i] == ' ') return i;
    }
    return 0;
}

/* Break one line so that it fits into 79 columns. */
static void
emit_line(gen_buf *out, const char *line, size_t len)
{
    size_t indent = 0;
    size_t used = 0; /* columns before `line` */
    size_t more;
    size_t i;

    while (indent < len && line[indent] == ' ') {
        indent++;
    }
    more = indent + 8;
    while (used + len > 79) {
        size_t cut = emit_break(line, indent, 79 - used);

        if (!cut) break; /* one long name */
        gen_buf_add(out, line, cut);
        gen_buf_add_char(out, '\n');
        for (i = 0; i < more; i++) {
            gen_buf_add_char(out, ' ');
        }
        line += cut + 1;
        len -= cut + 1;
        used = more;
        indent = 0;
    }
    gen_buf_add(out, line, len);
    gen_buf_add_char(out, '\n');
}

static void
emit_lines(gen_buf *out, const char *text, size_t len)
{
    size_t start = 0;
    size_t i;

    for (i = 0; i < len; i++) {
        if (text[i] != '\n') continue;
        emit_line(out, text + start, i - start);
        start = i + 1;
    }
}

/* Whether a line has to be broken; few have. */
static bool
emit_is_long(const char *text)
{
    const char *end;

    for (; (end = strchr(text, '\n')) != NULL; text = end + 1) {
        if (end - text > 79) return true;
    }
    return false;
}

void
emit_template(gen_buf *out, const char *text, const emit_words *words)
{
    size_t start = out->len;
    gen_str all;

    while (*text) {
        size_t len = strcspn(text, "$@#!~");

        gen_buf_add(out, text, len);
        text += len;
        switch (*text) {
        case '$': gen_buf_add_str(out, words->name); break;
        case '@': gen_buf_add_str(out, words->member); break;
        case '#': gen_buf_add_str(out, words->type); break;
        case '!': gen_buf_add_str(out, words->constant); break;
        case '~': gen_buf_add_str(out, words->other); break;
        default: continue;
        }
        text++;
    }
    if (!emit_is_long(out->ptr + start)) return;
    all = gen_str_copy(out->ctx, out->ptr + start, out->len - start);
    out->len = start;
    emit_lines(out, all.ptr, all.len);
}

void
emit_doc(gen_buf *out, gen_str doc, const char *indent)
{
    size_t i;

    if (!doc.len) return;
    gen_buf_add_text(out, indent);
    gen_buf_add_text(out, "/* ");
    for (i = 0; i < doc.len; i++) {
        char c = doc.ptr[i];

        if (c == '\n') {
            gen_buf_add_char(out, '\n');
            gen_buf_add_text(out, indent);
            gen_buf_add_text(out, i + 1 < doc.len && doc.ptr[i + 1] != '\n'
                                      ? " * " : " *");
            continue;
        }
        gen_buf_add_char(out, c);
        /* No comment may end, or begin, inside. */
        if ((c == '*' || c == '/') && i + 1 < doc.len &&
            (doc.ptr[i + 1] == '/' || doc.ptr[i + 1] == '*')) {
            gen_buf_add_char(out, ' ');
        }
    }
    if (doc.ptr[doc.len - 1] == '\\') gen_buf_add_char(out, '.');
    gen_buf_add_text(out, " */\n");
}

/* ---- enums, arrays ------------------------------------------------------ */

static void
emit_enum_header(gen_buf *out, const emit_enum *e)
{
    emit_words words;
    gen_str upper = emit_upper(out->ctx, e->name);
    size_t i;

    memset(&words, 0, sizeof words);
    words.name = e->name;
    words.constant = upper;
    words.type = gen_str_lit(e->is_int ? "int64_t number"
                                       : "surreal_str text");
    emit_doc(out, e->doc, "");
    emit_template(out,
                  "typedef enum $ {\n"
                  "    !_UNKNOWN_ = 0, /* a value not known here */\n",
                  &words);
    for (i = 0; i < e->values.count; i++) {
        const emit_value *v = (const emit_value *)e->values.at[i];

        emit_doc(out, v->doc, "    ");
        gen_buf_add_fmt(out, "    %.*s%s\n", (int)v->name.len, v->name.ptr,
                        i + 1 < e->values.count ? "," : "");
    }
    emit_template(out,
                  "} $;\n\n"
                  "/* NULL for a value not known here. */\n"
                  "const char *$_name($ v);\n"
                  "bool $_parse(#, $ *out);\n\n",
                  &words);
}

void
emit_tagged(gen_buf *out, const emit_type *type)
{
    if (type->e) gen_buf_add_text(out, "enum ");
    if (type->s || type->a || type->u || type->t || type->m ||
        (!strcmp(type->member, "RECORD") &&
         !gen_str_is(type->c, "surreal_record_id"))) {
        gen_buf_add_text(out, "struct ");
    }
    gen_buf_add_str(out, type->c);
}

static void
emit_slice(gen_buf *out, const emit_array *a, const char *indent)
{
    gen_buf_add_text(out, indent);
    if (!a->is_inline) gen_buf_add_text(out, "const ");
    emit_tagged(out, &a->item);
    if (a->is_inline) {
        gen_buf_add_fmt(out, " v[%u];\n", (unsigned)a->max);
    } else {
        gen_buf_add_text(out, " *v;\n");
    }
    gen_buf_add_text(out, indent);
    gen_buf_add_text(out, "size_t count;\n");
}

static void
emit_array_header(gen_buf *out, const emit_array *a)
{
    if (!a->has_type) return;
    gen_buf_add_fmt(out, "typedef struct %.*s {\n", (int)a->name.len,
                    a->name.ptr);
    emit_slice(out, a, "    ");
    gen_buf_add_fmt(out, "} %.*s;\n\n", (int)a->name.len, a->name.ptr);
}

/* ---- structs ------------------------------------------------------------ */

static const emit_member *
emit_member_of(const emit_struct *s, size_t i)
{
    return (const emit_member *)s->members.at[i];
}

static void
emit_bits(gen_buf *out, const emit_struct *s)
{
    size_t i;

    if (!s->members.count) return;
    gen_buf_add_fmt(out, "/* Bits of %.*s.set_. */\nenum {\n",
                    (int)s->name.len, s->name.ptr);
    for (i = 0; i < s->members.count; i++) {
        const emit_member *m = emit_member_of(s, i);

        gen_buf_add_fmt(out, "    %.*s = %u%s\n", (int)m->constant.len,
                        m->constant.ptr, (unsigned)m->bit,
                        i + 1 < s->members.count ? "," : "");
    }
    gen_buf_add_text(out, "};\n\n");
}

void
emit_declare(gen_buf *out, const emit_type *type, gen_str name,
             const char *indent)
{
    gen_buf deeper;

    gen_buf_add_text(out, indent);
    if (type->cap) {
        bool is_text = !strcmp(type->member, "CHARS");

        gen_buf_add_fmt(out, "struct {\n%s    size_t len;\n%s    %s[%u%s];\n"
                        "%s} %.*s;", indent, indent,
                        is_text ? "char text" : "uint8_t data",
                        (unsigned)type->cap, is_text ? " + 1" : "", indent,
                        (int)name.len, name.ptr);
    } else if (type->a) {
        gen_buf_init(&deeper, out->ctx);
        gen_buf_add_fmt(&deeper, "%s    ", indent);
        gen_buf_add_text(out, "struct {\n");
        emit_slice(out, type->a, deeper.ptr);
        gen_buf_add_fmt(out, "%s} %.*s;", indent, (int)name.len, name.ptr);
    } else {
        emit_tagged(out, type);
        gen_buf_add_fmt(out, " %.*s;", (int)name.len, name.ptr);
    }
}

static void
emit_member_decl(gen_buf *out, const emit_member *m)
{
    if (m->type.literal) return;
    emit_doc(out, m->doc, "    ");
    emit_declare(out, &m->type, m->name, "    ");
    if (m->unread) {
        gen_buf_add_text(out, " /* never read back */");
    } else if (m->secret) {
        gen_buf_add_text(out, " /* secret */");
    } else if (m->server) {
        gen_buf_add_text(out, " /* set by the server */");
    } else if (m->optional) {
        gen_buf_add_text(out, " /* optional */");
    } else if (m->nullable) {
        gen_buf_add_text(out, " /* or NULL */");
    }
    gen_buf_add_char(out, '\n');
}

/* What stands before the functions of a member: nothing, mostly. */
static gen_str
emit_deprecated(const gen_buf *out, const emit_member *m)
{
    gen_buf text;
    gen_str got;

    if (!m->is_deprecated) return gen_str_lit("");
    gen_buf_init(&text, out->ctx);
    gen_buf_add_text(&text, "SURREAL_DEPRECATED(");
    emit_literal(&text, m->deprecated);
    gen_buf_add_text(&text, ")\n");
    got.ptr = text.ptr;
    got.len = text.len;
    return got;
}

static void
emit_setter(gen_buf *out, const emit_struct *s, const emit_member *m,
            const emit_words *words)
{
    const emit_array *a = m->type.a;

    if (m->type.cap && !strcmp(m->type.member, "OCTETS")) {
        emit_template(out,
                      "/* ERR_TOO_LONG leaves it as it is. */\n"
                      "~static inline surreal_status\n"
                      "$_set_@($ *row, surreal_bytes v)\n{\n"
                      "    size_t i;\n\n"
                      "    if (v.len > sizeof row->@.data) {\n"
                      "        return SURREAL_ERR_TOO_LONG;\n    }\n"
                      "    for (i = 0; i < v.len; i++) {\n"
                      "        row->@.data[i] = v.ptr[i];\n    }\n"
                      "    row->@.len = v.len;\n",
                      words);
    } else if (m->type.cap) {
        emit_template(out,
                      "/* ERR_TOO_LONG leaves it as it is. */\n"
                      "~static inline surreal_status\n"
                      "$_set_@($ *row, surreal_str v)\n{\n"
                      "    if (surreal_chars_set(row->@.text,"
                      " sizeof row->@.text - 1, &row->@.len, v)) {\n"
                      "        return SURREAL_ERR_TOO_LONG;\n    }\n",
                      words);
    } else if (a && a->is_inline) {
        emit_template(out,
                      "/* ERR_TOO_LONG leaves it as it is. */\n"
                      "~static inline surreal_status\n"
                      "$_set_@($ *row, const # *v, size_t count)\n{\n"
                      "    size_t i;\n\n"
                      "    if (count > sizeof row->@.v / sizeof *row->@.v) {\n"
                      "        return SURREAL_ERR_TOO_LONG;\n    }\n"
                      "    for (i = 0; i < count; i++) {\n"
                      "        row->@.v[i] = v[i];\n    }\n"
                      "    row->@.count = count;\n",
                      words);
    } else if (a) {
        emit_template(out,
                      "~static inline void\n"
                      "$_set_@($ *row, const # *v, size_t count)\n{\n"
                      "    row->@.v = v;\n    row->@.count = count;\n",
                      words);
    } else {
        emit_template(out,
                      "~static inline void\n$_set_@($ *row, # v)\n{\n"
                      "    row->@ = v;\n",
                      words);
    }
    emit_template(out, "    surreal_bit_set(row->set_, !);\n", words);
    if (s->table) {
        emit_template(out, "    surreal_bit_set(row->mark_, !);\n", words);
    }
    if (m->nullable) {
        emit_template(out, "    surreal_bit_clear(row->null_, !);\n", words);
    }
    if (m->type.cap || (a && a->is_inline)) {
        gen_buf_add_text(out, "    return SURREAL_OK;\n");
    }
    gen_buf_add_text(out, "}\n\n");
}

static void
emit_clearer(gen_buf *out, const emit_struct *s, const emit_words *words)
{
    emit_template(out,
                  s->table ? "/* A merge removes the field. */\n" : "",
                  words);
    emit_template(out,
                  "~static inline void\n$_clear_@($ *row)\n{\n"
                  "    surreal_bit_clear(row->set_, !);\n",
                  words);
    if (s->table) {
        emit_template(out, "    surreal_bit_set(row->mark_, !);\n", words);
    }
    gen_buf_add_text(out, "}\n\n");
}

static void
emit_nuller(gen_buf *out, const emit_struct *s, const emit_words *words)
{
    emit_template(out,
                  "~static inline void\n$_null_@($ *row)\n{\n"
                  "    surreal_bit_set(row->set_, !);\n"
                  "    surreal_bit_set(row->null_, !);\n",
                  words);
    if (s->table) {
        emit_template(out, "    surreal_bit_set(row->mark_, !);\n", words);
    }
    gen_buf_add_text(out, "}\n\n");
}

static void
emit_accessors(gen_buf *out, const emit_struct *s)
{
    size_t i;

    for (i = 0; i < s->members.count; i++) {
        const emit_member *m = emit_member_of(s, i);
        emit_words words;

        if (m->type.literal) continue;
        memset(&words, 0, sizeof words);
        words.name = s->name;
        words.member = m->name;
        words.type = m->type.a ? m->type.a->item.c : m->type.c;
        words.constant = m->constant;
        words.other = emit_deprecated(out, m);
        emit_template(out,
                      m->nullable
                          ? "/* False for NULL too. */\n"
                            "~static inline bool\n$_has_@(const $ *row)\n{\n"
                            "    return surreal_bit_is(row->set_, !) &&"
                            " surreal_bit_is(row->null_, !) == 0;\n}\n\n"
                          : "~static inline bool\n$_has_@(const $ *row)\n{\n"
                            "    return surreal_bit_is(row->set_, !);\n"
                            "}\n\n",
                      &words);
        if (m->server) continue;
        emit_setter(out, s, m, &words);
        if (m->optional) emit_clearer(out, s, &words);
        if (m->nullable) emit_nuller(out, s, &words);
    }
}

/* What the table of a struct does without a server. */
static void
emit_tools(gen_buf *out, const emit_struct *s)
{
    emit_words words;

    memset(&words, 0, sizeof words);
    words.name = s->name;
    emit_template(out,
        "static inline size_t\n"
        "$_print(const $ *row, char *buf, size_t cap)\n{\n"
        "    return surreal_model_print(&$_model, row, buf, cap);\n}\n\n"
        "static inline size_t\n"
        "$_to_json(const $ *row, char *buf, size_t cap)\n{\n"
        "    return surreal_model_to_json(&$_model, row, buf, cap);\n}\n\n"
        "static inline bool\n"
        "$_equal(const $ *a, const $ *b)\n{\n"
        "    return surreal_model_equal(&$_model, a, b);\n}\n\n"
        "/* Into the memory of `owner`. */\n"
        "static inline surreal_status\n"
        "$_copy(const $ *row, surreal_result *owner, $ *out)\n{\n"
        "    return surreal_model_copy(&$_model, row, owner, out);\n}\n\n"
        "/* What a create would be refused for. */\n"
        "static inline surreal_status\n"
        "$_check(const $ *row, surreal_error *err)\n{\n"
        "    return surreal_model_check(&$_model, row, err);\n}\n\n",
        &words);
}

static void
emit_struct_header(gen_buf *out, const emit_struct *s)
{
    unsigned words = (unsigned)(s->members.count + 63) / 64;
    size_t i;

    if (!words) words = 1;
    emit_bits(out, s);
    emit_doc(out, s->doc, "");
    gen_buf_add_fmt(out, "typedef struct %.*s {\n    uint64_t set_[%u];\n",
                    (int)s->name.len, s->name.ptr, words);
    if (s->table) gen_buf_add_fmt(out, "    uint64_t mark_[%u];\n", words);
    if (s->has_null) gen_buf_add_fmt(out, "    uint64_t null_[%u];\n", words);
    if (s->has_extra) {
        gen_buf_add_text(out, "    surreal_value extra_; "
                              "/* what it was read from */\n");
    }
    for (i = 0; i < s->members.count; i++) {
        emit_member_decl(out, emit_member_of(s, i));
    }
    gen_buf_add_fmt(out, "} %.*s;\n\n", (int)s->name.len, s->name.ptr);
    gen_buf_add_fmt(out, "extern const surreal_model %.*s_model;\n\n",
                    (int)s->name.len, s->name.ptr);
    emit_accessors(out, s);
    emit_tools(out, s);
}

/* ---- calls -------------------------------------------------------------- */

#define EMIT_OUT "out ? &out->row : NULL, out ? &out->result : NULL"

static void
emit_reads(gen_buf *out, const emit_words *words)
{
    emit_template(out,
        "typedef struct $_row {\n    struct $ row;\n"
        "    surreal_result *result;\n} $_row;\n\n"
        "typedef struct $_rows {\n    struct $ *v;\n    size_t count;\n"
        "    surreal_result *result;\n} $_rows;\n\n"
        "static inline surreal_status\n"
        "$_get(surreal *db, $_id id, $_row *out)\n{\n"
        "    return surreal_model_get(db, &$_model, id.rid, " EMIT_OUT ");\n"
        "}\n\n"
        "static inline surreal_status\n$_all(surreal *db, $_rows *out)\n{\n"
        "    void *v;\n"
        "    surreal_status status = surreal_model_all(db, &$_model, &v,"
        " &out->count, &out->result);\n\n"
        "    out->v = ($ *)v;\n    return status;\n}\n\n"
        "/* `where` is program text; values belong into vars. */\n"
        "static inline surreal_status\n"
        "$_find(surreal *db, const char *where, surreal_vars vars,"
        " $_rows *out)\n{\n"
        "    void *v;\n"
        "    surreal_status status = surreal_model_find(db, &$_model, where,"
        " vars, &v, &out->count, &out->result);\n\n"
        "    out->v = ($ *)v;\n    return status;\n}\n\n"
        "/* `where` may be NULL for all. */\n"
        "static inline surreal_status\n"
        "$_count(surreal *db, const char *where, surreal_vars vars,"
        " int64_t *count)\n{\n"
        "    return surreal_model_count(db, &$_model, where, vars, count);\n"
        "}\n\n",
        words);
}

static void
emit_creates(gen_buf *out, const emit_words *words)
{
    emit_template(out,
        "static inline surreal_status\n"
        "$_create(surreal *db, const $ *row, $_row *out)\n{\n"
        "    return surreal_model_create(db, &$_model, row, " EMIT_OUT ");\n"
        "}\n\n"
        "static inline surreal_status\n"
        "$_insert(surreal *db, const $ *rows, size_t count, $_rows *out)\n"
        "{\n    void *v = NULL;\n"
        "    surreal_status status = surreal_model_insert(db, &$_model, rows,"
        " count, out ? &v : NULL, out ? &out->result : NULL);\n\n"
        "    if (out) {\n        out->v = ($ *)v;\n"
        "        out->count = v ? count : 0;\n    }\n"
        "    return status;\n}\n\n",
        words);
}

static void
emit_writes(gen_buf *out, const emit_words *words)
{
    static const char *const verbs[] = {"merge", "replace", "upsert"};
    emit_words verb = *words;
    size_t i;

    for (i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        verb.member = gen_str_lit(verbs[i]);
        emit_template(out,
            "static inline surreal_status\n"
            "$_@(surreal *db, $_id id, const $ *row, $_row *out)\n{\n"
            "    return surreal_model_@(db, &$_model, id.rid, row, "
            EMIT_OUT ");\n}\n\n",
            &verb);
    }
    emit_template(out,
        "static inline surreal_status\n"
        "$_delete(surreal *db, $_id id, $_row *out)\n{\n"
        "    return surreal_model_delete(db, &$_model, id.rid, " EMIT_OUT
        ");\n}\n\n",
        words);
}

static void
emit_relate(gen_buf *out, const emit_struct *s, const emit_words *words)
{
    emit_words ends = *words;
    gen_str any = gen_str_lit("surreal_record_id");

    ends.type = s->from_type.len ? s->from_type : any;
    ends.other = s->to_type.len ? s->to_type : any;
    ends.member = gen_str_lit(s->from_type.len ? "from.rid" : "from");
    ends.constant = gen_str_lit(s->to_type.len ? "to.rid" : "to");
    emit_template(out,
        "/* `row` may be NULL for an edge without data. */\n"
        "static inline surreal_status\n"
        "$_relate(surreal *db, # from, ~ to, const $ *row, $_row *out)\n{\n"
        "    return surreal_model_relate(db, &$_model, @, !, row, " EMIT_OUT
        ");\n}\n\n",
        &ends);
}

static void
emit_calls(gen_buf *out, const emit_struct *s)
{
    emit_words words;

    memset(&words, 0, sizeof words);
    words.name = s->name;
    emit_reads(out, &words);
    if (s->table->view.present) return;
    if (s->is_edge) {
        emit_relate(out, s, &words);
    } else {
        emit_creates(out, &words);
    }
    emit_writes(out, &words);
}

/* ---- the file ----------------------------------------------------------- */

static void
emit_ids(gen_buf *out, const emit_table *t)
{
    emit_words words;
    gen_buf literal;

    memset(&words, 0, sizeof words);
    gen_buf_init(&literal, out->ctx);
    emit_literal(&literal, t->table->name);
    words.name = t->base;
    words.type.ptr = literal.ptr;
    words.type.len = literal.len;
    emit_template(out,
        "typedef struct $_id {\n    surreal_record_id rid;\n} $_id;\n\n"
        "static inline $_id\n$_id_str(surreal_str key)\n{\n"
        "    $_id id;\n\n    id.rid = surreal_id_str(#, key);\n"
        "    return id;\n}\n\n"
        "static inline $_id\n$_id_int(int64_t key)\n{\n"
        "    $_id id;\n\n    id.rid = surreal_id_int(#, key);\n"
        "    return id;\n}\n\n"
        "static inline $_id\n$_id_uuid(surreal_uuid key)\n{\n"
        "    $_id id;\n\n    id.rid = surreal_id_uuid(#, key);\n"
        "    return id;\n}\n\n",
        &words);
}

void
emit_banner(const emit_plan *plan, gen_buf *out, const char *end)
{
    size_t i;

    gen_buf_add_fmt(out, "/* %.*s.%s: written by surrealgen from",
                    (int)plan->file.len, plan->file.ptr, end);
    for (i = 0; i < plan->schema->files.count; i++) {
        gen_str name = gen_file_at(&plan->schema->files, i)->name;
        size_t at = name.len;

        /* Where the files lie is nobody's business. */
        while (at && name.ptr[at - 1] != '/') {
            at--;
        }
        gen_buf_add_fmt(out, "%s %.*s", i ? "," : "", (int)(name.len - at),
                        name.ptr + at);
        if (i == 3 && plan->schema->files.count > 5) {
            gen_buf_add_fmt(out, " and %zu more",
                            plan->schema->files.count - 4);
            break;
        }
    }
    gen_buf_add_text(out, "; do not edit. */\n");
}

/* The headers that types of the user's come from. */
static void
emit_includes(const emit_plan *plan, gen_buf *out)
{
    size_t i;

    for (i = 0; i < plan->includes.count; i++) {
        const gen_str *path = (const gen_str *)plan->includes.at[i];

        gen_buf_add_fmt(out, "#include \"%.*s\"\n", (int)path->len, path->ptr);
    }
}

void
emit_header(emit_plan *plan, gen_buf *out)
{
    gen_str guard = emit_upper(plan->ctx, emit_fold(plan->ctx, plan->file));
    size_t i;

    emit_banner(plan, out, "h");
    emit_doc(out, plan->schema->doc, "");
    gen_buf_add_fmt(out,
                    "#ifndef %.*s_SURREALGEN_H\n#define %.*s_SURREALGEN_H\n"
                    "#include \"surreal.h\"\n",
                    (int)guard.len, guard.ptr, (int)guard.len, guard.ptr);
    emit_includes(plan, out);
    gen_buf_add_fmt(out,
                    "\n#if !defined(SURREAL_MODEL_ABI) || "
                    "SURREAL_MODEL_ABI != 2\n"
                    "#error \"generated for another surreal.h: "
                    "run surrealgen again\"\n#endif\n\n"
                    "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n");
    for (i = 0; i < plan->tables.count; i++) {
        emit_ids(out, (const emit_table *)plan->tables.at[i]);
    }
    for (i = 0; i < plan->items.count; i++) {
        const emit_item *item = (const emit_item *)plan->items.at[i];

        if (item->kind == EMIT_ENUM) {
            emit_enum_header(out, (const emit_enum *)item->of);
        } else if (item->kind == EMIT_ARRAY) {
            emit_array_header(out, (const emit_array *)item->of);
        } else if (item->kind != EMIT_STRUCT) {
            emit_shape_header(out, item);
        } else {
            const emit_struct *s = (const emit_struct *)item->of;

            emit_struct_header(out, s);
            if (s->table) emit_calls(out, s);
        }
    }
    emit_queries_header(plan, out);
    if (plan->stamp.len) {
        gen_buf_add_fmt(out,
                        "/* For surreal_schema_check(). */\n"
                        "extern const surreal_schema %.*s;\n\n",
                        (int)plan->stamp.len, plan->stamp.ptr);
    }
    gen_buf_add_text(out, "#ifdef __cplusplus\n}\n#endif\n\n#endif\n");
}
