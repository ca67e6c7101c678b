/* surrealgen/emit/query.c: typed queries as they are printed. */
#include "query.h"

#include <string.h>

static const emit_answer *
emit_answer_of(const emit_query *q, size_t i)
{
    return (const emit_answer *)q->answers.at[i];
}

static void
emit_query_words(const emit_query *q, emit_words *words)
{
    memset(words, 0, sizeof *words);
    words->name = q->name;
    if (q->args) words->member = q->args->name;
    if (q->answers.count && emit_answer_of(q, 0)->row) {
        words->type = emit_answer_of(q, 0)->row->item.c;
    }
}

/* ---- what is given ------------------------------------------------------ */

static void
emit_several(gen_buf *out, const emit_query *q)
{
    size_t i;

    gen_buf_add_fmt(out, "typedef struct %.*s_out {\n", (int)q->name.len,
                    q->name.ptr);
    for (i = 0; i < q->answers.count; i++) {
        const emit_answer *answer = emit_answer_of(q, i);
        gen_str m = answer->member;

        if (answer->shape == GEN_SHAPE_NONE) continue;
        if (answer->shape == GEN_SHAPE_ONE) {
            gen_buf_add_text(out, "    ");
            emit_tagged(out, &answer->row->item);
            gen_buf_add_fmt(out, " %.*s;\n", (int)m.len, m.ptr);
            continue;
        }
        gen_buf_add_text(out, "    struct {\n");
        gen_buf_add_text(out, answer->shape == GEN_SHAPE_MANY
                                  ? "        " : "        bool found;\n"
                                                 "        ");
        emit_tagged(out, &answer->row->item);
        gen_buf_add_text(out, answer->shape == GEN_SHAPE_MANY
                                  ? " *v;\n        size_t count;\n"
                                  : " row;\n");
        gen_buf_add_fmt(out, "    } %.*s;\n", (int)m.len, m.ptr);
    }
    gen_buf_add_fmt(out, "    surreal_result *result;\n} %.*s_out;\n\n",
                    (int)q->name.len, q->name.ptr);
}

static void
emit_query_types(gen_buf *out, const emit_query *q)
{
    gen_buf type;

    gen_buf_init(&type, out->ctx);
    if (q->is_tuple) {
        emit_several(out, q);
        return;
    }
    if (emit_answer_of(q, 0)->row) {
        emit_tagged(&type, &emit_answer_of(q, 0)->row->item);
    }
    if (q->owns_row) {
        gen_buf_add_fmt(out,
                        "typedef struct %.*s {\n    %s row;\n"
                        "    surreal_result *result;\n} %.*s;\n\n",
                        (int)q->row.len, q->row.ptr, type.ptr,
                        (int)q->row.len, q->row.ptr);
    }
    if (q->owns_rows) {
        gen_buf_add_fmt(out,
                        "typedef struct %.*s {\n    %s *v;\n"
                        "    size_t count;\n    surreal_result *result;\n"
                        "} %.*s;\n\n",
                        (int)q->rows.len, q->rows.ptr, type.ptr,
                        (int)q->rows.len, q->rows.ptr);
    }
}

/* ---- calls -------------------------------------------------------------- */

/* Set what has a default the program knows and was not given: `row` is the
 * copy that is sent. */
static void
emit_set_defaults(gen_buf *out, const emit_query *q)
{
    emit_words words;
    size_t i;

    memset(&words, 0, sizeof words);
    words.name = q->args->name;
    for (i = 0; i < q->defaults.count; i++) {
        const emit_default *d = (const emit_default *)q->defaults.at[i];

        words.member = d->member->name;
        words.constant = d->member->constant;
        words.other = d->value;
        emit_template(out,
                      "    if (surreal_bit_is(row.set_, !) == 0) {\n"
                      "        $_set_@(&row, ~);\n    }\n",
                      &words);
    }
}

/* The name of the out parameter's type; empty for none. */
static gen_str
emit_out_type(gen_ctx *ctx, const emit_query *q)
{
    const emit_answer *answer = emit_answer_of(q, 0);

    if (q->is_tuple) return emit_glue(ctx, q->name, "_out");
    if (q->row.len) return q->row;
    if (q->rows.len) return q->rows;
    if (answer->shape == GEN_SHAPE_NONE) return gen_str_lit("");
    return answer->row->item.c;
}

/* "surreal_status name(surreal *db, const args *args, " and its body's
 * beginning; `tail` are the other parameters. */
static void
emit_query_head(gen_buf *out, const emit_query *q, const char *locals,
                gen_str tail)
{
    emit_words words;

    emit_query_words(q, &words);
    words.other = tail;
    emit_doc(out, q->doc, "");
    emit_template(out, "static inline surreal_status\n", &words);
    if (q->args) {
        emit_template(out,
                      tail.len ? "$(surreal *db, const @ *args, ~)\n{\n"
                               : "$(surreal *db, const @ *args)\n{\n",
                      &words);
    } else {
        emit_template(out,
                      tail.len ? "$(surreal *db, ~)\n{\n"
                               : "$(surreal *db)\n{\n",
                      &words);
    }
    emit_template(out, locals, &words);
    if (q->defaults.count) {
        emit_template(out, "    static @ none_;\n    @ row;\n\n"
                           "    row = args ? *args : none_;\n", &words);
        emit_set_defaults(out, q);
    } else if (*locals) {
        gen_buf_add_char(out, '\n');
    }
}

static const char *
emit_sent(const emit_query *q)
{
    if (!q->args) return "NULL";
    return q->defaults.count ? "&row" : "args";
}

static void
emit_run(gen_buf *out, const emit_query *q)
{
    gen_str type = emit_out_type(out->ctx, q);
    bool is_owner = q->is_tuple || q->row.len || q->rows.len;
    gen_buf line;
    emit_words words;

    emit_query_head(out, q, "",
                    type.len ? emit_glue(out->ctx, type, " *out") : type);
    emit_query_words(q, &words);
    gen_buf_init(&line, out->ctx);
    gen_buf_add_fmt(&line, "    return surreal_typed_run(db, &$_query, %s, "
                           "%s, %s);\n}\n\n",
                    emit_sent(q), type.len ? "out, sizeof *out" : "NULL, 0",
                    is_owner ? "&out->result" : "NULL");
    emit_template(out, line.ptr, &words);
}

static void
emit_each(gen_buf *out, const emit_query *q)
{
    gen_buf line;
    emit_words words;

    emit_query_words(q, &words);
    emit_template(out,
                  "/* Receives a row, valid during the call. Anything but "
                  "SURREAL_OK ends it. */\n"
                  "typedef surreal_status $_fn(void *arg, const # *row);\n\n"
                  "typedef struct $_each {\n    $_fn *fn;\n    void *arg;\n"
                  "} $_each;\n\n"
                  "static inline surreal_status\n"
                  "$_call(void *arg, const void *row)\n{\n"
                  "    const $_each *v = (const $_each *)arg;\n\n"
                  "    return v->fn(v->arg, (const # *)row);\n}\n\n",
                  &words);
    emit_query_head(out, q, "    $_each v;\n    # out;\n",
                    emit_glue(out->ctx, q->name, "_fn *fn, void *arg"));
    gen_buf_init(&line, out->ctx);
    gen_buf_add_fmt(&line,
                    "    if (fn == NULL) return SURREAL_ERR_USAGE;\n"
                    "    v.fn = fn;\n    v.arg = arg;\n"
                    "    return surreal_typed_each(db, &$_query, %s, &out, "
                    "$_call, &v);\n}\n\n",
                    emit_sent(q));
    emit_template(out, line.ptr, &words);
}

static void
emit_live(gen_buf *out, const emit_query *q)
{
    gen_buf line;
    gen_buf type;
    emit_words words;

    emit_query_words(q, &words);
    gen_buf_init(&type, out->ctx);
    emit_tagged(&type, &emit_answer_of(q, 0)->row->item);
    words.constant.ptr = type.ptr;
    words.constant.len = type.len;
    emit_template(out,
                  "/* `row` is zeroed unless a record came. */\n"
                  "typedef struct $_event {\n    surreal_event event;\n"
                  "    ! row;\n} $_event;\n\n",
                  &words);
    emit_query_head(out, q, "",
                    gen_str_lit("const surreal_live_options *opt, "
                                "surreal_live **out"));
    gen_buf_init(&line, out->ctx);
    gen_buf_add_fmt(&line,
                    "    return surreal_typed_live(db, &$_query, %s, opt, "
                    "out);\n}\n\n",
                    emit_sent(q));
    emit_template(out, line.ptr, &words);
    emit_template(out,
                  "/* For opt->on_event: an event with its row. */\n"
                  "static inline surreal_status\n"
                  "$_read(const surreal_event *v, $_event *out, "
                  "surreal_error *err)\n{\n    out->event = *v;\n"
                  "    return surreal_typed_event(&$_query, v, &out->row, "
                  "err);\n}\n\n"
                  "/* As surreal_live_next; the row lives until the next "
                  "call. */\n"
                  "static inline surreal_status\n"
                  "$_next(surreal_live *live, int timeout_ms, $_event *out, "
                  "surreal_error *err)\n{\n"
                  "    surreal_status status = surreal_live_next(live, "
                  "&out->event, timeout_ms);\n\n"
                  "    if (status) return status;\n"
                  "    return surreal_typed_event(&$_query, &out->event, "
                  "&out->row, err);\n}\n\n",
                  &words);
}

static void
emit_sign_header(gen_buf *out, const emit_sign *sign)
{
    emit_words words;
    gen_buf access;

    memset(&words, 0, sizeof words);
    gen_buf_init(&access, out->ctx);
    emit_literal(&access, sign->access);
    words.name = sign->name;
    words.type = gen_str_lit(sign->is_new ? "signup" : "signin");
    words.other.ptr = access.ptr;
    words.other.len = access.len;
    if (sign->args) words.member = sign->args->name;
    emit_doc(out, sign->doc, "");
    emit_template(out,
                  sign->args
                      ? "static inline surreal_status\n"
                        "$(surreal *db, const @ *args)\n{\n"
                        "    return surreal_typed_#(db, ~, &@_model, args);\n"
                        "}\n\n"
                      : "static inline surreal_status\n$(surreal *db)\n{\n"
                        "    return surreal_typed_#(db, ~, NULL, NULL);\n"
                        "}\n\n",
                  &words);
}

void
emit_queries_header(emit_plan *plan, gen_buf *out)
{
    size_t i;

    for (i = 0; i < plan->signs.count; i++) {
        emit_sign_header(out, (const emit_sign *)plan->signs.at[i]);
    }
    for (i = 0; i < plan->queries.count; i++) {
        const emit_query *q = (const emit_query *)plan->queries.at[i];

        emit_query_types(out, q);
        gen_buf_add_fmt(out, "extern const surreal_typed %.*s_query;\n\n",
                        (int)q->name.len, q->name.ptr);
        if (emit_answer_of(q, 0)->shape == GEN_SHAPE_EACH) {
            emit_each(out, q);
        } else if (emit_answer_of(q, 0)->shape == GEN_SHAPE_LIVE) {
            emit_live(out, q);
        } else {
            emit_run(out, q);
        }
    }
    emit_links_header(plan, out);
}

/* ---- the source --------------------------------------------------------- */

/* The offset of a member of what is given, or 0. */
static void
emit_at(gen_buf *out, const emit_query *q, const emit_answer *answer,
        const char *member)
{
    gen_str type = emit_out_type(out->ctx, q);

    gen_buf_add_fmt(out, "(uint32_t)offsetof(%.*s, ", (int)type.len,
                    type.ptr);
    if (q->is_tuple) {
        gen_buf_add_fmt(out, "%.*s", (int)answer->member.len,
                        answer->member.ptr);
        if (*member) gen_buf_add_char(out, '.');
    }
    gen_buf_add_fmt(out, "%s)", member);
}

static void
emit_answer_source(gen_buf *out, const emit_query *q,
                   const emit_answer *answer)
{
    static const char *const shapes[] = {"NONE", "ONE", "MAYBE", "MANY",
                                         "EACH", "LIVE"};
    bool is_many = answer->shape == GEN_SHAPE_MANY;
    bool is_tuple_maybe = q->is_tuple && answer->shape == GEN_SHAPE_MAYBE;

    if (!answer->row) {
        gen_buf_add_text(out, "    {NULL, 0, SURREAL_NO_FOUND,");
    } else {
        gen_buf_add_fmt(out, "    {&%.*s_,\n     ",
                        (int)answer->row->name.len, answer->row->name.ptr);
        if (q->is_tuple) {
            emit_at(out, q, answer, is_many ? "v" : is_tuple_maybe ? "row"
                                                                   : "");
        } else if (q->row.len || q->rows.len) {
            emit_at(out, q, answer, is_many ? "v" : "row");
        } else {
            gen_buf_add_char(out, '0');
        }
        gen_buf_add_text(out, ",\n     ");
        if (is_tuple_maybe) {
            emit_at(out, q, answer, "found");
        } else {
            gen_buf_add_text(out, "SURREAL_NO_FOUND");
        }
        gen_buf_add_text(out, ",\n    ");
    }
    gen_buf_add_fmt(out, " {%u, %u}, SURREAL_SHAPE_%s, %d}",
                    answer->statement[0], answer->statement[1],
                    shapes[answer->shape], answer->is_part ? 1 : 0);
}

static void
emit_query_source(gen_buf *out, const emit_query *q)
{
    int len = (int)q->name.len;
    const char *name = q->name.ptr;
    gen_str file = q->pos.file ? q->pos.file->name : gen_str_lit("");
    size_t i;

    for (i = file.len; i && file.ptr[i - 1] != '/';) {
        i--;
    }
    file.ptr += i;
    file.len -= i;
    if (file.len) {
        gen_buf_add_fmt(out, "/* %.*s:%u */\n", (int)file.len, file.ptr,
                        (unsigned)q->pos.line);
    }
    gen_buf_add_fmt(out, "static const char %.*s_text_[] =", len, name);
    emit_long_text(out, q->text, "    ");
    gen_buf_add_fmt(out, ";\n\nstatic const surreal_answer %.*s_answers_[] "
                         "= {\n", len, name);
    for (i = 0; i < q->answers.count; i++) {
        emit_answer_source(out, q, emit_answer_of(q, i));
        gen_buf_add_text(out, i + 1 < q->answers.count ? ",\n" : "\n");
    }
    gen_buf_add_fmt(out, "};\n\nconst surreal_typed %.*s_query = {\n    ",
                    len, name);
    emit_literal(out, q->label);
    gen_buf_add_fmt(out,
                    ", %.*s_text_,\n    sizeof %.*s_text_ - 1,\n    ", len,
                    name, len, name);
    if (q->args) {
        gen_buf_add_fmt(out, "&%.*s_model", (int)q->args->name.len,
                        q->args->name.ptr);
    } else {
        gen_buf_add_text(out, "NULL");
    }
    gen_buf_add_fmt(out, ", %.*s_answers_, %zu, %d\n};\n\n", len, name,
                    q->answers.count, q->is_retried ? 1 : 0);
}

void
emit_queries_source(emit_plan *plan, gen_buf *out)
{
    size_t i;

    for (i = 0; i < plan->queries.count; i++) {
        emit_query_source(out, (const emit_query *)plan->queries.at[i]);
    }
}
