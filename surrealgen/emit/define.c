/* surrealgen/emit/define.c: a .sg file as DEFINE statements with comments.
 *
 * The statements are those gen_emit_surql() prints, in its order. They are
 * read back, and each finds the comments and attributes of what it was made
 * from by what it defines. Comments of what makes no statement (enums,
 * structs, settings) go to the top. What DEFINE cannot say is reported. */
#include "sg.h"

#include "../surql/surql.h"

#include <string.h>

typedef struct note {
    gen_str before, after;
    bool used;
} note;

typedef struct definer {
    gen_ctx *ctx;
    const gen_file *file;
    gen_list notes; /* only its address counts: scope of the map */
    gen_buf top;
    sg_printer printer;
} definer;

/* --------------------------------------------------------------- what it is */

static gen_str field_key(gen_ctx *ctx, const gen_table *table, gen_str path)
{
    gen_buf key;

    gen_buf_init(&key, ctx);
    gen_buf_add_fmt(&key, "%d ", (int)GEN_ITEM_FIELD);
    gen_surql_name(&key, table->name);
    gen_buf_add_char(&key, ' ');
    gen_buf_add_str(&key, path);
    return gen_buf_str(&key);
}

static gen_str key_of(gen_ctx *ctx, const gen_item *item)
{
    gen_buf key;

    gen_buf_init(&key, ctx);
    gen_buf_add_fmt(&key, "%d ", (int)item->kind);
    switch (item->kind) {
    case GEN_ITEM_TABLE:
        gen_buf_add_str(&key, ((const gen_table *)item->of)->name);
        break;
    case GEN_ITEM_FIELD:
        gen_surql_name(&key, ((const gen_field *)item->of)->table->name);
        gen_buf_add_char(&key, ' ');
        gen_surql_path(&key, &((const gen_field *)item->of)->path);
        break;
    case GEN_ITEM_INDEX:
        gen_surql_name(&key, ((const gen_index *)item->of)->table->name);
        gen_buf_add_char(&key, ' ');
        gen_buf_add_str(&key, ((const gen_index *)item->of)->name);
        break;
    case GEN_ITEM_EVENT:
        gen_surql_name(&key, ((const gen_event *)item->of)->table->name);
        gen_buf_add_char(&key, ' ');
        gen_buf_add_str(&key, ((const gen_event *)item->of)->name);
        break;
    case GEN_ITEM_ANALYZER:
        gen_buf_add_str(&key, ((const gen_analyzer *)item->of)->name);
        break;
    case GEN_ITEM_PARAM:
        gen_buf_add_str(&key, ((const gen_param *)item->of)->name);
        break;
    case GEN_ITEM_SEQUENCE:
        gen_buf_add_str(&key, ((const gen_sequence *)item->of)->name);
        break;
    case GEN_ITEM_FUNCTION:
        gen_buf_add_str(&key, ((const gen_function *)item->of)->name);
        break;
    case GEN_ITEM_ACCESS:
        gen_buf_add_str(&key, ((const gen_access *)item->of)->name);
        break;
    case GEN_ITEM_USER:
        gen_buf_add_str(&key, ((const gen_user *)item->of)->name);
        break;
    case GEN_ITEM_RAW:
        gen_buf_add_str(&key, ((const gen_raw *)item->of)->text);
        break;
    default:
        break;
    }
    return gen_buf_str(&key);
}

static note *note_of(definer *d, const gen_item *item)
{
    return (note *)gen_map_get(d->ctx, &d->notes, GEN_KEY_FIELD,
                               key_of(d->ctx, item));
}

/* ----------------------------------------------------------------- comments */

/* Comments on lines of their own. `///` stays: the COMMENT is there as well,
 * and a reader of the file wants it where it was. */
static void add_comments(definer *d, gen_buf *out, uint32_t from, uint32_t to)
{
    for (; from < to; from++) {
        const gen_token *tok = &d->file->tokens[from];
        if (!gen_tok_is_trivia(tok->kind) || tok->kind == GEN_TOK_SPACE) {
            continue;
        }
        gen_buf_add_str(out, fmt_comment(d->file, tok));
        gen_buf_add_char(out, '\n');
    }
}

/* The same, of what makes no statement: `///` would be taken for the
 * documentation of the statement that comes to stand behind it. */
static void add_homeless(definer *d, gen_buf *out, uint32_t from, uint32_t to)
{
    for (; from < to; from++) {
        const gen_token *tok = &d->file->tokens[from];
        if (tok->kind == GEN_TOK_DOC) {
            gen_str text = fmt_comment(d->file, tok);
            gen_buf_add(out, text.ptr + 1, text.len - 1);
            gen_buf_add_char(out, '\n');
        } else {
            add_comments(d, out, from, from + 1);
        }
    }
}

/* Those within the statement that no clause carries along. */
static void add_inner(definer *d, gen_buf *out, const gen_item *item,
                      uint32_t from, uint32_t to)
{
    gen_list clauses = { NULL, 0, 0 };
    size_t i;

    if (item != NULL) sg_clauses_of(&d->printer, item, &clauses);
    for (; from < to; from++) {
        const gen_token *tok = &d->file->tokens[from];
        bool inside = false;
        for (i = 0; i < clauses.count; i++) {
            const gen_clause *clause = gen_clause_at(&clauses, i);
            inside = inside || (clause->pos.file == d->file
                && tok->off >= clause->pos.off
                && tok->off < clause->pos.off + clause->pos.len);
        }
        if (!inside) add_comments(d, out, from, from + 1);
    }
}

/* @encrypt is lowered to clauses, and @allow is about this file. */
static void add_attrs(definer *d, gen_buf *out, const gen_attrs *attrs)
{
    gen_attrs some;
    gen_buf line;
    sg_printer p;
    size_t i;

    some = *attrs;
    memset(&some.list, 0, sizeof some.list);
    for (i = 0; i < attrs->list.count; i++) {
        gen_attr *attr = gen_attr_at(&attrs->list, i);
        if (gen_str_is(attr->name, "encrypt")
            || gen_str_is(attr->name, "allow")) continue;
        gen_list_push(d->ctx, &some.list, attr);
    }
    if (some.list.count == 0) return;
    gen_buf_init(&line, d->ctx);
    p = d->printer;
    p.out = &line;
    sg_put_attrs(&p, &some);
    gen_buf_add_fmt(out, "--%s\n", line.ptr);
}

static const gen_attrs *attrs_of(const gen_item *item)
{
    switch (item->kind) {
    case GEN_ITEM_TABLE: return &((const gen_table *)item->of)->attrs;
    case GEN_ITEM_FIELD: return &((const gen_field *)item->of)->attrs;
    case GEN_ITEM_INDEX: return &((const gen_index *)item->of)->attrs;
    case GEN_ITEM_FUNCTION: return &((const gen_function *)item->of)->attrs;
    default: return NULL;
    }
}

static void add_note(definer *d, const gen_item *item, const fmt_stmt *stmt,
                     uint32_t inner_end)
{
    note *n = (note *)gen_new(d->ctx, sizeof *n);
    const gen_attrs *attrs = attrs_of(item);
    gen_buf before, after;
    uint32_t i;

    gen_buf_init(&before, d->ctx);
    gen_buf_init(&after, d->ctx);
    add_comments(d, &before, stmt->lead, stmt->begin);
    add_inner(d, &before, item, stmt->begin, inner_end);
    if (attrs != NULL) add_attrs(d, &before, attrs);
    for (i = stmt->end; i < stmt->tail; i++) {
        const gen_token *tok = &d->file->tokens[i];
        if (tok->kind == GEN_TOK_SPACE) continue;
        gen_buf_add_text(&after, "  ");
        gen_buf_add_str(&after, fmt_comment(d->file, tok));
    }
    n->before = gen_buf_str(&before);
    n->after = gen_buf_str(&after);
    gen_map_set(d->ctx, &d->notes, GEN_KEY_FIELD, key_of(d->ctx, item), n);
}

/* ------------------------------------------------------------------ members */

static bool holds(const definer *d, const fmt_stmt *stmt, gen_pos pos)
{
    const gen_token *first = &d->file->tokens[stmt->begin];
    const gen_token *last = &d->file->tokens[stmt->end - 1];

    return pos.file == d->file && pos.off >= first->off
        && pos.off < last->off + last->len;
}

static bool find_field(const definer *d, const gen_list *fields,
                       const fmt_stmt *stmt, gen_item *item)
{
    size_t i;

    for (i = 0; i < fields->count; i++) {
        gen_field *field = gen_field_at(fields, i);
        if (!field->implied && holds(d, stmt, field->pos)) {
            item->kind = GEN_ITEM_FIELD;
            item->of = field;
            return true;
        }
        if (find_field(d, &field->children, stmt, item)) return true;
    }
    return false;
}

static bool find_member(const definer *d, const gen_table *table,
                        const fmt_stmt *stmt, gen_item *item)
{
    size_t i;

    memset(item, 0, sizeof *item);
    if (find_field(d, &table->fields, stmt, item)) return true;
    for (i = 0; i < table->indexes.count; i++) {
        item->kind = GEN_ITEM_INDEX;
        item->of = gen_index_at(&table->indexes, i);
        if (holds(d, stmt, ((gen_index *)item->of)->pos)) return true;
    }
    for (i = 0; i < table->events.count; i++) {
        item->kind = GEN_ITEM_EVENT;
        item->of = gen_event_at(&table->events, i);
        if (holds(d, stmt, ((gen_event *)item->of)->pos)) return true;
    }
    return false;
}

static uint32_t open_brace(const definer *d, const fmt_stmt *stmt)
{
    uint32_t i;

    for (i = stmt->begin; i < stmt->end; i++) {
        const gen_token *tok = &d->file->tokens[i];
        if (tok->kind == GEN_TOK_PUNCT && tok->len == 1
            && d->file->text.ptr[tok->off] == '{') break;
    }
    return i;
}

/* Comments of members that print nothing go to the table's own. */
static void add_model(definer *d, const fmt_stmt *stmt)
{
    const gen_table *table = (const gen_table *)stmt->item->of;
    uint32_t open = open_brace(d, stmt);
    uint32_t close = stmt->end;
    gen_list members = { NULL, 0, 0 };
    fmt_stmt head = *stmt;
    note *n;
    gen_buf more;
    uint32_t rest;
    size_t i;

    while (close > open + 1 && (d->file->tokens[close - 1].kind
           != GEN_TOK_PUNCT || d->file->text.ptr[d->file->tokens[close - 1]
           .off] != '}')) {
        close--;
    }
    rest = fmt_trailing_end(d->file, open + 1);
    head.end = open + 1;
    head.tail = rest > open + 1 ? rest : open + 1;
    add_note(d, stmt->item, &head, open);
    rest = fmt_split_block(d->ctx, d->file, head.tail, close - 1, ';',
                           &members);
    gen_buf_init(&more, d->ctx);
    for (i = 0; i < members.count; i++) {
        const fmt_stmt *member = fmt_stmt_at(&members, i);
        gen_item item;
        if (find_member(d, table, member, &item)) {
            add_note(d, &item, member, member->end);
        } else {
            add_homeless(d, &more, member->lead, member->begin);
            add_homeless(d, &more, member->end, member->tail);
        }
    }
    add_homeless(d, &more, rest, stmt->end);
    n = note_of(d, stmt->item);
    if (more.len == 0 || n == NULL) return;
    gen_buf_add_str(&more, n->before);
    n->before = gen_buf_str(&more);
}

/* ---------------------------------------------------- written elsewhere */

/* A note that is nothing but attributes. */
static void note_attrs(definer *d, gen_str key, const gen_attrs *attrs)
{
    note *n;
    gen_buf before;

    if (gen_map_get(d->ctx, &d->notes, GEN_KEY_FIELD, key) != NULL) return;
    gen_buf_init(&before, d->ctx);
    add_attrs(d, &before, attrs);
    n = (note *)gen_new(d->ctx, sizeof *n);
    n->before = gen_buf_str(&before);
    n->after = gen_str_lit("");
    gen_map_set(d->ctx, &d->notes, GEN_KEY_FIELD, key, n);
}

/* Members of mixins and of structs: a field for each place they are used. */
static void note_members(definer *d, const gen_table *table, gen_str prefix,
                         const gen_list *fields)
{
    size_t i;

    for (i = 0; i < fields->count; i++) {
        const gen_field *field = gen_field_at(fields, i);
        const gen_struct *of;
        gen_buf path;
        gen_str here;
        gen_buf_init(&path, d->ctx);
        gen_buf_add_str(&path, prefix);
        sql_part(&path, gen_part_at(&field->path, field->path.count - 1),
                 prefix.len == 0);
        here = gen_str_copy(d->ctx, path.ptr, path.len);
        note_attrs(d, field_key(d->ctx, table, here), &field->attrs);
        of = sql_open_struct(field->type, &path);
        if (of != NULL) {
            note_members(d, table, gen_buf_str(&path), &of->fields);
        } else {
            note_members(d, table, here, &field->children);
        }
    }
}

static void note_rest(definer *d)
{
    size_t i, k;

    for (i = 0; i < d->ctx->schema.tables.count; i++) {
        const gen_table *table = gen_table_at(&d->ctx->schema.tables, i);
        if (!table->from_model || table->view.present) continue;
        note_members(d, table, gen_str_lit(""), &table->fields);
        for (k = 0; k < table->indexes.count; k++) {
            gen_index *index = gen_index_at(&table->indexes, k);
            gen_item item;
            memset(&item, 0, sizeof item);
            item.kind = GEN_ITEM_INDEX;
            item.of = index;
            note_attrs(d, key_of(d->ctx, &item), &index->attrs);
        }
    }
}

/* -------------------------------------------------------------------- files */

static bool is_silent(const fmt_stmt *stmt)
{
    if (stmt->item == NULL) return true;
    switch (stmt->item->kind) {
    case GEN_ITEM_ENUM:
    case GEN_ITEM_STRUCT:
    case GEN_ITEM_ALIAS:
    case GEN_ITEM_MIXIN:
        return true;
    default:
        return false;
    }
}

static void told_no_define(definer *d, const gen_item *item, const char *what)
{
    gen_diag *diag;

    diag = gen_error(d->ctx, SG1604, item->pos, "there is no DEFINE "
                     "statement for this: %s", what);
    gen_fix(d->ctx, diag, "keep it in a .sg file of its own and convert the "
            "rest");
}

static void check_item(definer *d, const gen_item *item)
{
    if (item->kind == GEN_ITEM_QUERY) {
        told_no_define(d, item, "a query");
    } else if (item->kind == GEN_ITEM_USER) {
        gen_secret_kind kind = ((const gen_user *)item->of)->secret.kind;
        if (kind == GEN_SECRET_ENV || kind == GEN_SECRET_FILE) {
            told_no_define(d, item, "a secret from outside");
        }
    } else if (item->kind == GEN_ITEM_ACCESS) {
        const gen_access *a = (const gen_access *)item->of;
        if (a->key.kind == GEN_SECRET_ENV || a->key.kind == GEN_SECRET_FILE
            || a->issuer.kind == GEN_SECRET_ENV
            || a->issuer.kind == GEN_SECRET_FILE) {
            told_no_define(d, item, "a secret from outside");
        }
    }
}

static void read_comments(definer *d)
{
    gen_list stmts = { NULL, 0, 0 };
    uint32_t rest = fmt_split(d->ctx, d->file, &stmts);
    size_t i;

    fmt_match_items(d->ctx, d->file, &stmts);
    for (i = 0; i < stmts.count; i++) {
        const fmt_stmt *stmt = fmt_stmt_at(&stmts, i);
        if (is_silent(stmt)) {
            add_homeless(d, &d->top, stmt->lead, stmt->tail);
            continue;
        }
        check_item(d, stmt->item);
        if (stmt->item->kind == GEN_ITEM_TABLE
            && ((const gen_table *)stmt->item->of)->from_model
            && !((const gen_table *)stmt->item->of)->view.present) {
            add_model(d, stmt);
        } else {
            add_note(d, stmt->item, stmt, stmt->end);
        }
    }
    add_homeless(d, &d->top, rest, (uint32_t)d->file->token_count);
}

static void put_statements(definer *d, gen_ctx *made, gen_buf *out)
{
    const gen_file *file = gen_file_at(&made->schema.files, 0);
    gen_list stmts = { NULL, 0, 0 };
    size_t i;

    fmt_split(made, file, &stmts);
    fmt_match_items(made, file, &stmts);
    for (i = 0; i < stmts.count; i++) {
        const fmt_stmt *stmt = fmt_stmt_at(&stmts, i);
        const gen_token *first = &file->tokens[stmt->begin];
        const gen_token *last = &file->tokens[stmt->end - 1];
        note *n = stmt->item != NULL ? note_of(d, stmt->item) : NULL;
        if (n != NULL && n->used) n = NULL;
        if (stmt->item != NULL && stmt->item->kind == GEN_ITEM_TABLE
            && i > 0) gen_buf_add_char(out, '\n');
        if (n != NULL) gen_buf_add_str(out, n->before);
        gen_buf_add(out, file->text.ptr + first->off, last->off + last->len
                    - first->off);
        if (n != NULL) {
            gen_buf_add_str(out, n->after);
            n->used = true;
        }
        gen_buf_add_char(out, '\n');
    }
}

void gen_emit_define(gen_ctx *ctx, gen_buf *out)
{
    gen_surql_options how;
    gen_sg_options sg;
    definer d;
    gen_ctx *made;
    gen_buf sql;

    memset(&how, 0, sizeof how);
    memset(&sg, 0, sizeof sg);
    memset(&d, 0, sizeof d);
    d.ctx = ctx;
    d.file = gen_file_at(&ctx->schema.files, 0);
    d.printer.ctx = ctx;
    d.printer.opt = &sg;
    d.printer.file = d.file;
    d.printer.nl = "\n";
    gen_buf_init(&d.top, ctx);
    gen_buf_init(&sql, ctx);
    read_comments(&d);
    if (ctx->errors > 0) return;
    note_rest(&d);
    gen_emit_surql(ctx, &how, &sql);
    made = gen_open(&ctx->memory);
    if (made == NULL) gen_die_no_memory(ctx);
    gen_set_target(made, ctx->schema.target);
    if (gen_load_text(made, "made.surql", sql.ptr, sql.len) == NULL) {
        gen_close(made);
        gen_die_no_memory(ctx);
    }
    gen_buf_add_str(out, gen_buf_str(&d.top));
    if (d.top.len > 0) gen_buf_add_char(out, '\n');
    put_statements(&d, made, out);
    gen_close(made);
}
