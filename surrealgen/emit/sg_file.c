/* surrealgen/emit/sg_file.c: models from statements, comments along.
 *
 * A table and the members that follow it become a model as far as the model
 * is printed as SurrealQL in the same order: fields with parents before their
 * children, then indexes, then events. The first statement that would move
 * or change ends the run and stays a DEFINE statement, and so does what comes
 * after it. With `group` members are looked for in the whole schema. */
#include "sg.h"

#include <string.h>

typedef struct run {
    const gen_table *table;
    gen_list members; /* fmt_stmt */
    gen_str last;     /* path of the last field, "" before the first */
    int phase;        /* 0 fields, 1 indexes, 2 events */
} run;

/* ----------------------------------------------------------------- comments */

/* A `///` of a .surql file is for C alone. In .sg it would be the COMMENT of
 * the server, too, so it becomes a comment like any other unless there is a
 * COMMENT. */
static void put_comment(sg_printer *p, const gen_token *tok)
{
    gen_str text = fmt_comment(p->file, tok);

    if (tok->kind == GEN_TOK_DOC && p->plain_docs) {
        gen_buf_add_text(p->out, "//");
        text.ptr += 3;
        text.len -= 3;
    }
    gen_buf_add_str(p->out, text);
}

/* The comments of [from, to), each on a line of its own, with one empty line
 * where there were some. */
static void put_comments(sg_printer *p, uint32_t from, uint32_t to,
                         const char *indent, bool annotations, bool start)
{
    unsigned lines = 0;
    bool any = start;

    for (; from < to; from++) {
        const gen_token *tok = &p->file->tokens[from];
        if (tok->kind == GEN_TOK_SPACE) {
            lines += fmt_newlines(p->file, tok);
            continue;
        }
        if (!annotations && fmt_is_annotation(p->file, tok)) {
            lines -= lines > 0;
            continue;
        }
        if (lines > 1 && !any) gen_buf_add_text(p->out, p->nl);
        any = false;
        lines = 0;
        gen_buf_add_text(p->out, indent);
        put_comment(p, tok);
        gen_buf_add_text(p->out, p->nl);
    }
    if (lines > 1 && !any) gen_buf_add_text(p->out, p->nl);
}

static bool covered(const gen_list *clauses, const gen_token *tok)
{
    size_t i;

    for (i = 0; i < clauses->count; i++) {
        const gen_clause *clause = gen_clause_at(clauses, i);
        if (tok->off >= clause->pos.off
            && tok->off < clause->pos.off + clause->pos.len) return true;
    }
    return false;
}

/* Comments between the clauses go before the statement. */
static bool put_inner(sg_printer *p, const fmt_stmt *stmt,
                      const char *indent, bool print)
{
    gen_list clauses = { NULL, 0, 0 };
    bool any = false;
    uint32_t i;

    for (i = stmt->begin; i < stmt->end; i++) {
        const gen_token *tok = &p->file->tokens[i];
        if (!gen_tok_is_trivia(tok->kind) || tok->kind == GEN_TOK_SPACE) {
            continue;
        }
        if (clauses.count == 0) sg_clauses_of(p, stmt->item, &clauses);
        if (covered(&clauses, tok)) continue;
        any = true;
        if (print) put_comments(p, i, i + 1, indent, true, true);
    }
    return any;
}

static void put_trailing(sg_printer *p, const fmt_stmt *stmt)
{
    uint32_t i;

    for (i = stmt->end; i < stmt->tail; i++) {
        const gen_token *tok = &p->file->tokens[i];
        if (tok->kind == GEN_TOK_SPACE) continue;
        gen_buf_add_text(p->out, "  ");
        gen_buf_add_str(p->out, fmt_comment(p->file, tok));
    }
    gen_buf_add_text(p->out, p->nl);
}

static bool has_comments(const sg_printer *p, const fmt_stmt *stmt)
{
    uint32_t i;

    for (i = stmt->lead; i < stmt->tail; i++) {
        const gen_token *tok = &p->file->tokens[i];
        if (gen_tok_is_trivia(tok->kind) && tok->kind != GEN_TOK_SPACE) {
            return true;
        }
    }
    return false;
}

/* ------------------------------------------------------------------ members */

static gen_str path_text(sg_printer *p, const gen_list *path, size_t parts)
{
    gen_list part = *path;
    gen_buf buf;

    part.count = parts;
    gen_buf_init(&buf, p->ctx);
    gen_surql_path(&buf, &part);
    return gen_buf_str(&buf);
}

static bool declared(sg_printer *p, const run *r, gen_str path)
{
    return gen_map_get(p->ctx, r, GEN_KEY_FIELD, path) != NULL;
}

static void declare(sg_printer *p, run *r, gen_str path)
{
    gen_map_set(p->ctx, r, GEN_KEY_FIELD, path, r);
}

static bool is_above(gen_str parent, gen_str path)
{
    if (path.len < parent.len || memcmp(path.ptr, parent.ptr, parent.len)
        != 0) return false;
    return path.len == parent.len || path.ptr[parent.len] == '.'
        || path.ptr[parent.len] == '[';
}

/* Parents are there (elements may be understood), and nothing below another
 * branch came since. */
static bool field_has_place(sg_printer *p, run *r, const gen_field *field)
{
    size_t n = field->path.count;
    gen_str here = path_text(p, &field->path, n);
    size_t i;

    if (declared(p, r, here)) return false;
    for (i = n - 1; i > 0; i--) {
        gen_str parent = path_text(p, &field->path, i);
        if (declared(p, r, parent)) {
            if (!p->opt->group && !is_above(parent, r->last)) return false;
            break;
        }
        if (gen_part_at(&field->path, i - 1)->kind != GEN_PART_ALL) {
            return false;
        }
    }
    for (i = 1; i <= n; i++) {
        declare(p, r, path_text(p, &field->path, i));
    }
    r->last = here;
    return true;
}

/* SurrealDB 2: the model makes an element for an array of anything. */
static bool makes_element(const sg_printer *p, const gen_field *field)
{
    const gen_type *type = field->type;

    if (p->ctx->schema.target.major >= 3) return false;
    while (type->kind == GEN_T_OPTION && type->elem != NULL) {
        type = type->elem;
    }
    return (type->kind == GEN_T_ARRAY || type->kind == GEN_T_SET)
        && (type->elem == NULL || type->elem->kind == GEN_T_ANY);
}

/* Whether the statement becomes the next member of the run. */
static bool take(sg_printer *p, run *r, const fmt_stmt *stmt)
{
    int phase = 0;

    if (stmt->item == NULL || stmt->done) return false;
    if (stmt->item->kind == GEN_ITEM_FIELD) {
        gen_field *field = (gen_field *)stmt->item->of;
        if (!gen_str_eq(field->table->name, r->table->name)) return false;
        if (r->phase > 0 && !p->opt->group) return false;
        if (!sg_field_fits(p, field) || makes_element(p, field)
            || !field_has_place(p, r, field)) return false;
    } else if (stmt->item->kind == GEN_ITEM_INDEX) {
        gen_index *index = (gen_index *)stmt->item->of;
        if (!gen_str_eq(index->table->name, r->table->name)
            || !sg_index_fits(p, index)) return false;
        phase = 1;
    } else if (stmt->item->kind == GEN_ITEM_EVENT) {
        gen_event *event = (gen_event *)stmt->item->of;
        if (!gen_str_eq(event->table->name, r->table->name)
            || !sg_event_fits(p, event)) return false;
        phase = 2;
    } else {
        return false;
    }
    if (phase < r->phase && !p->opt->group) return false;
    if (phase > r->phase) r->phase = phase;
    return true;
}

static const gen_table *table_of(const fmt_stmt *stmt)
{
    if (stmt->item == NULL) return NULL;
    switch (stmt->item->kind) {
    case GEN_ITEM_FIELD: return ((const gen_field *)stmt->item->of)->table;
    case GEN_ITEM_INDEX: return ((const gen_index *)stmt->item->of)->table;
    case GEN_ITEM_EVENT: return ((const gen_event *)stmt->item->of)->table;
    default: return NULL;
    }
}

/* For `group`: which statements a table may take, so that not every table
 * has to look through the whole file. */
static void sort_by_table(sg_printer *p)
{
    size_t i;

    p->apart = gen_new(p->ctx, 1);
    for (i = 0; i < p->stmts.count; i++) {
        fmt_stmt *stmt = fmt_stmt_at(&p->stmts, i);
        const gen_table *table = table_of(stmt);
        gen_list *list;
        if (table == NULL) continue;
        list = (gen_list *)gen_map_get(p->ctx, p->apart, GEN_KEY_TABLE,
                                       table->name);
        if (list == NULL) {
            list = (gen_list *)gen_new(p->ctx, sizeof *list);
            gen_map_set(p->ctx, p->apart, GEN_KEY_TABLE, table->name, list);
        }
        gen_list_push(p->ctx, list, stmt);
    }
}

static bool add_member(sg_printer *p, run *r, fmt_stmt *stmt)
{
    if (!take(p, r, stmt)) return false;
    gen_list_push(p->ctx, &r->members, stmt);
    stmt->done = true;
    return true;
}

/* The members of the table that statement i defines. */
static void gather(sg_printer *p, run *r, size_t i)
{
    const fmt_stmt *head = fmt_stmt_at(&p->stmts, i);
    const gen_list *list;
    size_t k;

    if (!p->opt->group) {
        for (k = i + 1; k < p->stmts.count
             && add_member(p, r, fmt_stmt_at(&p->stmts, k)); k++) {
        }
        return;
    }
    list = (const gen_list *)gen_map_get(p->ctx, p->apart, GEN_KEY_TABLE,
                                         r->table->name);
    for (k = 0; list != NULL && k < list->count; k++) {
        fmt_stmt *stmt = fmt_stmt_at(list, k);
        if (stmt->begin > head->begin) add_member(p, r, stmt);
    }
}

/* ------------------------------------------------- objects within one type */

enum { SHAPE_WIDTH = 60 };

static const gen_field *field_of(const run *r, size_t i)
{
    const fmt_stmt *stmt = fmt_stmt_at(&r->members, i);

    if (stmt == NULL || stmt->item->kind != GEN_ITEM_FIELD) return NULL;
    return (const gen_field *)stmt->item->of;
}

static bool is_object(const gen_field *field)
{
    const gen_type *type = field->type;

    if (type->kind == GEN_T_OPTION) type = type->elem;
    return type != NULL && type->kind == GEN_T_OBJECT;
}

/* `{ first: string, ... }` from the members that follow number i, when they
 * are all it has and say nothing but their type. Returns the member after
 * them, or 0 when they cannot be written so. */
static size_t shape_of(sg_printer *p, const run *r, size_t i, gen_buf *out,
                       unsigned depth)
{
    const gen_field *field = field_of(r, i);
    bool option = field->type->kind == GEN_T_OPTION;
    gen_str path = path_text(p, &field->path, field->path.count);
    size_t k = i + 1;

    if (!is_object(field) || depth > 8) return 0;
    gen_buf_add_text(out, option ? "option<{ " : "{ ");
    while (field_of(r, k) != NULL && is_above(path, path_text(p,
           &field_of(r, k)->path, field_of(r, k)->path.count))) {
        const gen_field *kid = field_of(r, k);
        const gen_part *last = gen_part_at(&kid->path, kid->path.count - 1);
        gen_buf inner;
        size_t next;
        if (kid->path.count != field->path.count + 1
            || last->kind != GEN_PART_NAME || !sg_is_plain(kid)
            || has_comments(p, fmt_stmt_at(&r->members, k))) return 0;
        if (k > i + 1) gen_buf_add_text(out, ", ");
        gen_surql_name(out, last->name);
        gen_buf_add_text(out, ": ");
        gen_buf_init(&inner, p->ctx);
        next = shape_of(p, r, k, &inner, depth + 1);
        if (next > k + 1) {
            gen_buf_add_str(out, gen_buf_str(&inner));
            k = next;
        } else {
            gen_surql_type(out, kid->type);
            k++;
        }
    }
    gen_buf_add_text(out, option ? " }>" : " }");
    return out->len > SHAPE_WIDTH ? 0 : k;
}

/* ------------------------------------------------------------------- models */

static gen_str doc_of(const gen_item *item)
{
    switch (item->kind) {
    case GEN_ITEM_TABLE: return ((const gen_table *)item->of)->doc;
    case GEN_ITEM_FIELD: return ((const gen_field *)item->of)->doc;
    case GEN_ITEM_INDEX: return ((const gen_index *)item->of)->doc;
    case GEN_ITEM_EVENT: return ((const gen_event *)item->of)->doc;
    case GEN_ITEM_FUNCTION: return ((const gen_function *)item->of)->doc;
    case GEN_ITEM_ACCESS: return ((const gen_access *)item->of)->doc;
    default: return gen_str_lit("");
    }
}

static void told_docs(sg_printer *p, const fmt_stmt *stmt)
{
    gen_diag *diag;

    if (p->told_docs) return;
    p->told_docs = true;
    diag = gen_warn(p->ctx, SG1602, stmt->item->pos, "the `///` of this (and "
                    "of what else has one) becomes a `//`");
    gen_note(p->ctx, diag, "in .sg it would be the COMMENT in the database, "
             "too; write `///` again where that is wanted");
}

/* Sets plain_docs for the statement; see put_comment(). */
static void look_at_docs(sg_printer *p, const fmt_stmt *stmt)
{
    const gen_clause *comment = stmt->item == NULL ? NULL
        : sg_comment_of(stmt->item);
    uint32_t i;

    p->plain_docs = !p->file->is_sg && comment != NULL && !comment->present;
    for (i = stmt->lead; p->plain_docs && i < stmt->begin; i++) {
        if (p->file->tokens[i].kind == GEN_TOK_DOC) told_docs(p, stmt);
    }
}

static void put_before(sg_printer *p, const fmt_stmt *stmt,
                       const char *indent, bool start)
{
    const gen_clause *comment = sg_comment_of(stmt->item);

    look_at_docs(p, stmt);
    put_comments(p, stmt->lead, stmt->begin, indent, false, start);
    put_inner(p, stmt, indent, true);
    if (comment != NULL) sg_put_doc(p, comment, doc_of(stmt->item), indent);
}

static size_t put_member(sg_printer *p, const run *r, size_t i)
{
    const fmt_stmt *stmt = fmt_stmt_at(&r->members, i);
    const gen_field *field = field_of(r, i);
    gen_buf shape;
    size_t next;

    put_before(p, stmt, "  ", i == 0);
    gen_buf_add_text(p->out, "  ");
    if (field != NULL) {
        gen_buf_init(&shape, p->ctx);
        next = shape_of(p, r, i, &shape, 0);
        sg_put_field(p, field, next > i + 1 ? shape.ptr : NULL);
    } else {
        next = i + 1;
        if (stmt->item->kind == GEN_ITEM_INDEX) {
            sg_put_index(p, (const gen_index *)stmt->item->of);
        } else {
            sg_put_event(p, (const gen_event *)stmt->item->of);
        }
    }
    put_trailing(p, stmt);
    return next > i + 1 ? next : i + 1;
}

static void put_model(sg_printer *p, size_t i)
{
    fmt_stmt *stmt = fmt_stmt_at(&p->stmts, i);
    const gen_table *table = (const gen_table *)stmt->item->of;
    run *r = (run *)gen_new(p->ctx, sizeof *r);
    size_t k = 0;

    r->table = table;
    r->last = gen_str_lit("");
    put_before(p, stmt, "", p->out->len == 0);
    if (table->view.present) {
        sg_put_view(p, table);
        put_trailing(p, stmt);
        return;
    }
    gather(p, r, i);
    sg_put_head(p, table);
    put_trailing(p, stmt);
    while (k < r->members.count) {
        k = put_member(p, r, k);
    }
    sg_put_tail(p, table);
    gen_buf_add_text(p->out, p->nl);
}

/* ------------------------------------------------------- what is no member */

/* Statements as they are; a DEFINE takes its annotations along as attributes
 * and ends in `;`. */
static void put_verbatim(sg_printer *p, const fmt_stmt *stmt)
{
    const gen_token *first = &p->file->tokens[stmt->begin];
    const gen_token *last = &p->file->tokens[stmt->end - 1];
    gen_str text = gen_str_sub(p->file->text, first->off,
                               last->off + last->len);
    const gen_attrs *attrs = NULL;

    look_at_docs(p, stmt);
    put_comments(p, stmt->lead, stmt->begin, "", false, p->out->len == 0);
    if (stmt->item != NULL && !p->file->is_sg) {
        if (stmt->item->kind == GEN_ITEM_TABLE) {
            attrs = &((const gen_table *)stmt->item->of)->attrs;
        } else if (stmt->item->kind == GEN_ITEM_FIELD) {
            attrs = &((const gen_field *)stmt->item->of)->attrs;
        } else if (stmt->item->kind == GEN_ITEM_INDEX) {
            attrs = &((const gen_index *)stmt->item->of)->attrs;
        }
    }
    if (attrs != NULL && attrs->list.count > 0) {
        gen_buf line;
        sg_printer q = *p;
        gen_buf_init(&line, p->ctx);
        q.out = &line;
        sg_put_attrs(&q, attrs);
        gen_buf_add_fmt(p->out, "%s%s", line.ptr + 1, p->nl);
    }
    gen_buf_add_str(p->out, text);
    if (!p->file->is_sg && text.ptr[text.len - 1] != ';') {
        gen_buf_add_char(p->out, ';');
    }
    put_trailing(p, stmt);
}

static bool starts_with(const sg_printer *p, const fmt_stmt *stmt,
                        const char *word)
{
    const gen_token *tok = &p->file->tokens[stmt->begin];

    return tok->kind == GEN_TOK_IDENT
        && gen_word_eq(gen_tok_str(p->file, tok), word);
}

static void told_no_place(sg_printer *p, const fmt_stmt *stmt)
{
    const gen_token *tok = &p->file->tokens[stmt->begin];
    gen_diag *diag;

    diag = gen_error(p->ctx, SG1601, gen_tok_pos(p->file, tok), "`%s` is not "
                     "a definition: it has no place in a .sg file",
                     gen_clip(p->ctx, gen_tok_str(p->file, tok)));
    gen_fix(p->ctx, diag, "keep it in a .surql file of its own and convert "
            "the rest");
}

static void told_secret(sg_printer *p, const fmt_stmt *stmt)
{
    gen_diag *diag;

    diag = gen_warn(p->ctx, SG1602, stmt->item->pos, "this stays a DEFINE "
                    "statement: %s", p->why);
    gen_fix(p->ctx, diag, "put the secret into the environment and write "
            "`env(\"NAME\")` in an item of .sg");
}

static void put_stmt(sg_printer *p, size_t i)
{
    fmt_stmt *stmt = fmt_stmt_at(&p->stmts, i);
    const gen_item *item = stmt->item;
    bool define = starts_with(p, stmt, "define");

    stmt->done = true;
    if (!define || item == NULL) {
        if (!p->file->is_sg && !define && !gen_str_is(gen_tok_str(p->file,
            &p->file->tokens[stmt->begin]), ";")) {
            told_no_place(p, stmt);
        }
        if (p->opt->file == NULL && starts_with(p, stmt, "include")) return;
        put_verbatim(p, stmt);
    } else if (item->kind == GEN_ITEM_TABLE
               && sg_table_fits(p, (const gen_table *)item->of)) {
        put_model(p, i);
    } else if (sg_item_fits(p, item)) {
        put_before(p, stmt, "", p->out->len == 0);
        sg_put_item(p, item);
        put_trailing(p, stmt);
    } else {
        if ((item->kind == GEN_ITEM_ACCESS || item->kind == GEN_ITEM_USER)
            && strncmp(p->why, "a secret", 8) == 0) told_secret(p, stmt);
        put_verbatim(p, stmt);
    }
}

static void put_file(sg_printer *p, const gen_file *file)
{
    uint32_t rest;
    size_t i;

    memset(&p->stmts, 0, sizeof p->stmts);
    p->file = file;
    p->nl = fmt_line_end(file);
    rest = fmt_split(p->ctx, file, &p->stmts);
    fmt_match_items(p->ctx, file, &p->stmts);
    if (p->opt->group) sort_by_table(p);
    for (i = 0; i < p->stmts.count; i++) {
        if (!fmt_stmt_at(&p->stmts, i)->done) put_stmt(p, i);
    }
    put_comments(p, rest, (uint32_t)file->token_count - 1, "", true,
                 p->out->len == 0);
}

void gen_emit_sg(gen_ctx *ctx, const gen_sg_options *opt, gen_buf *out)
{
    const gen_schema *schema = &ctx->schema;
    sg_printer p;
    size_t i;

    memset(&p, 0, sizeof p);
    p.ctx = ctx;
    p.out = out;
    p.opt = opt;
    p.why = "";
    if (opt->target && schema->target_pos.file == NULL) {
        gen_buf_add_fmt(out, "target surrealdb %d.%d;\n\n",
                        schema->target.major, schema->target.minor);
    }
    for (i = 0; i < schema->files.count; i++) {
        const gen_file *file = gen_file_at(&schema->files, i);
        if (opt->file == NULL || opt->file == file) put_file(&p, file);
    }
}
