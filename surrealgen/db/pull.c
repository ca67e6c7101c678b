/* surrealgen/db/pull.c: `schema pull` and `schema print`.
 *
 * The statements are put into one text in an order of their own, read by the
 * front end like any schema file, and printed by the same printers as the
 * rest: so what is pulled is what `sql` would print for it. Before that,
 * whatever the server makes by itself is taken out (elements of arrays, ends
 * of relations), and what the front end has no words for is set aside and
 * comes back word for word. */
#include "../schema/front.h"
#include "db.h"

#include <stdio.h>
#include <string.h>

/* ---------------------------------------------------- the text, from parts */

static bool is_secret(const db_entry *entry)
{
    return entry->hidden.len > 0;
}

/* The server has made a field of this name already when it is defined. */
static bool needs_overwrite(const db_entry *entry)
{
    gen_str name = entry->name;

    if (entry->kind != DB_FIELD) return false;
    return gen_str_is(name, "in") || gen_str_is(name, "out")
        || (name.len > 1 && name.ptr[name.len - 1] == '*')
        || (name.len > 2 && memcmp(name.ptr + name.len - 2, "*]", 2) == 0);
}

static void add_statement(gen_buf *out, const db_entry *entry)
{
    static const char head[] = "DEFINE FIELD ";
    size_t len = sizeof head - 1;
    gen_str text = entry->text;

    if (needs_overwrite(entry) && text.len > len
        && memcmp(text.ptr, head, len) == 0
        && strncmp(text.ptr + len, "OVERWRITE ", 10) != 0) {
        gen_buf_add_text(out, "DEFINE FIELD OVERWRITE ");
        text.ptr += len;
        text.len -= len;
    }
    gen_buf_add_str(out, text);
    gen_buf_add_text(out, ";\n");
}

/* All statements that are to be read, and where each begins. */
static gen_str build_text(gen_ctx *ctx, db_catalogue *what, bool sg)
{
    gen_buf out;
    size_t i;

    gen_buf_init(&out, ctx);
    for (i = 0; i < what->entries.count; i++) {
        db_entry *entry = db_entry_at(&what->entries, i);
        entry->at = out.len;
        if (entry->implied || entry->odd) continue;
        if (is_secret(entry) && !sg) continue;
        if (entry->note.len > 0) {
            gen_buf_add_text(&out, sg ? "// " : "-- ");
            gen_buf_add_str(&out, entry->note);
            gen_buf_add_char(&out, '\n');
        }
        add_statement(&out, entry);
    }
    return gen_str_copy(ctx, out.ptr != NULL ? out.ptr : "", out.len);
}

/* The entry a byte of the text belongs to. */
static db_entry *entry_of(const db_catalogue *what, size_t off)
{
    size_t low = 0;
    size_t high = what->entries.count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (db_entry_at(&what->entries, middle)->at <= off) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return high > low ? db_entry_at(&what->entries, low) : NULL;
}

/* A reader of its own for the text; NULL when there is no memory. */
static gen_ctx *parse(gen_str text, gen_version target)
{
    gen_ctx *ctx = gen_open(cli_memory());

    if (ctx == NULL) return NULL;
    gen_set_target(ctx, target);
    if (gen_add_text(ctx, "pulled.surql", text.ptr, text.len)
            == GEN_NO_MEMORY
        || gen_finish(ctx) == GEN_NO_MEMORY) {
        gen_close(ctx);
        return NULL;
    }
    return ctx;
}

/* Set aside the statements with errors. False when there is none. */
static bool set_aside(gen_ctx *ctx, const db_catalogue *what)
{
    bool any = false;
    size_t i;

    for (i = 0; i < ctx->diags.count; i++) {
        const gen_diag *diag = (const gen_diag *)ctx->diags.at[i];
        db_entry *entry;
        if (diag->warning || diag->pos.file == NULL) continue;
        entry = entry_of(what, diag->pos.off);
        if (entry == NULL || entry->odd) continue;
        entry->odd = true;
        any = true;
    }
    return any;
}

/* ------------------------------------------- what the server adds itself */

static bool is_bare(const gen_field *field)
{
    return field->has_type && !field->readonly && !field->reference
        && !field->default_.present && !field->value.present
        && !field->assert_.present && !field->computed.present
        && !field->comment.present
        && (field->perms.kind == GEN_PERM_UNSET
            || field->perms.kind == GEN_PERM_FULL);
}

static bool same_type(gen_ctx *ctx, const gen_type *a, const gen_type *b)
{
    gen_buf one;
    gen_buf two;

    gen_buf_init(&one, ctx);
    gen_buf_init(&two, ctx);
    gen_surql_type(&one, a);
    gen_surql_type(&two, b);
    return gen_str_eq(gen_buf_str(&one), gen_buf_str(&two));
}

/* Whether a field of type `type` makes the server define elements of type
 * `elem`. Of a union with arrays the elements' type is the server's to say: it
 * takes no other. */
static bool makes_element(gen_ctx *ctx, const gen_type *type,
                          const gen_type *elem)
{
    size_t arrays = 0;
    size_t i;

    if (type->kind == GEN_T_OPTION) {
        return makes_element(ctx, type->elem, elem);
    }
    if (type->kind == GEN_T_ARRAY || type->kind == GEN_T_SET) {
        return type->elem != NULL && same_type(ctx, type->elem, elem);
    }
    if (type->kind != GEN_T_UNION) return false;
    for (i = 0; i < type->arms.count; i++) {
        const gen_type *arm = gen_type_at(&type->arms, i);
        if (arm->kind == GEN_T_NONE) continue;
        if (type->arms.count == 2 && arm->kind == GEN_T_ARRAY
            && makes_element(ctx, arm, elem)) {
            return true;
        }
        arrays += (arm->kind == GEN_T_ARRAY || arm->kind == GEN_T_SET);
    }
    return arrays > 0;
}

/* `in` and `out` as a relation makes them. */
static bool is_end(const gen_field *field)
{
    const gen_table *table = field->table;
    const gen_list *ends;
    size_t i;

    if (table == NULL || table->kind != GEN_TABLE_RELATION
        || field->path.count != 1 || field->type->kind != GEN_T_RECORD) {
        return false;
    }
    ends = gen_str_is(field->name, "in") ? &table->from
        : gen_str_is(field->name, "out") ? &table->to : NULL;
    if (ends == NULL || ends->count != field->type->names.count) return false;
    for (i = 0; i < ends->count; i++) {
        if (!gen_str_eq(gen_name_at(ends, i)->text,
                        gen_name_at(&field->type->names, i)->text)) {
            return false;
        }
    }
    return true;
}

static gen_str path_text(gen_ctx *ctx, const gen_list *path, size_t parts)
{
    gen_list part = *path;
    gen_buf out;

    part.count = parts;
    gen_buf_init(&out, ctx);
    gen_surql_path(&out, &part);
    return gen_buf_str(&out);
}

/* The field item before `at` with the path of `field` without its end. */
static const gen_field *parent_of(gen_ctx *ctx, const gen_list *items,
                                  size_t at, const gen_field *field)
{
    gen_str want = path_text(ctx, &field->path, field->path.count - 1);

    while (at > 0) {
        const gen_item *item = gen_item_at(items, --at);
        const gen_field *other = (const gen_field *)item->of;
        if (item->kind != GEN_ITEM_FIELD) return NULL;
        if (!gen_str_eq(other->table->name, field->table->name)) return NULL;
        if (other->path.count + 1 == field->path.count
            && gen_str_eq(path_text(ctx, &other->path, other->path.count),
                          want)) {
            return other;
        }
    }
    return NULL;
}

/* Elements stay behind when a column that was an array goes, or becomes what
 * has none: nobody wrote them, and they mean nothing. */
static bool has_elements(const gen_type *type)
{
    size_t i;

    switch (type->kind) {
    case GEN_T_OPTION:
        return has_elements(type->elem);
    case GEN_T_ANY:
    case GEN_T_OBJECT:
    case GEN_T_ARRAY:
    case GEN_T_SET:
    case GEN_T_SHAPE:
    case GEN_T_TUPLE:
        return true;
    case GEN_T_UNION:
        for (i = 0; i < type->arms.count; i++) {
            if (has_elements(gen_type_at(&type->arms, i))) return true;
        }
        return false;
    default:
        return false;
    }
}

static bool is_left_over(gen_ctx *ctx, const gen_list *items, size_t at)
{
    const gen_field *field = (const gen_field *)gen_item_at(items, at)->of;
    const gen_part *last = gen_part_at(&field->path, field->path.count - 1);
    const gen_field *parent;

    if (last->kind != GEN_PART_ALL || !is_bare(field)) return false;
    parent = parent_of(ctx, items, at, field);
    return parent == NULL
        || (parent->has_type && !has_elements(parent->type));
}

static bool is_implied(gen_ctx *ctx, const gen_list *items, size_t at)
{
    const gen_field *field = (const gen_field *)gen_item_at(items, at)->of;
    const gen_part *last = gen_part_at(&field->path, field->path.count - 1);
    const gen_field *parent;

    if (!is_bare(field)) return false;
    if (last->kind != GEN_PART_ALL) {
        return !field->flexible && is_end(field);
    }
    parent = parent_of(ctx, items, at, field);
    return parent != NULL && parent->has_type
        && (!field->flexible || parent->flexible)
        && makes_element(ctx, parent->type, field->type);
}

/* Mark what is implied, and give each field the name we print: SurrealDB 2
 * says `a[*]` and 3 `a.*`, and the order is to be one. */
static void mark_fields(gen_ctx *ctx, db_catalogue *what, gen_ctx *names,
                        bool left_over)
{
    const gen_list *items = &gen_schema_of(ctx)->items;
    size_t i;

    for (i = 0; i < items->count; i++) {
        const gen_item *item = gen_item_at(items, i);
        const gen_field *field = (const gen_field *)item->of;
        db_entry *entry;
        gen_str path;
        if (item->kind != GEN_ITEM_FIELD) continue;
        entry = entry_of(what, item->pos.off);
        if (entry == NULL || entry->kind != DB_FIELD) continue;
        entry->implied = is_implied(ctx, items, i)
            || (left_over && is_left_over(ctx, items, i));
        path = path_text(ctx, &field->path, field->path.count);
        entry->name = gen_str_copy(names, path.ptr, path.len);
    }
}

/* --------------------------------------------------------------- printing */

/* What cannot be read by us, and what must not be told. */
static void add_rest(gen_buf *out, const db_catalogue *what,
                     const db_print *how)
{
    const char *mark = how->sg ? "//" : "--";
    size_t i;

    for (i = 0; i < what->entries.count; i++) {
        const db_entry *entry = db_entry_at(&what->entries, i);
        if (!entry->odd || entry->implied || is_secret(entry)) continue;
        gen_buf_add_fmt(out, "%s This version of surrealgen has no words "
                        "for this one.\n", mark);
        add_statement(out, entry);
    }
    if (how->sg) return;
    for (i = 0; i < what->entries.count; i++) {
        const db_entry *entry = db_entry_at(&what->entries, i);
        if (!is_secret(entry)) continue;
        gen_buf_add_fmt(out, "\n-- %s\n-- ", entry->note.ptr);
        gen_buf_add_str(out, entry->hidden);
        gen_buf_add_text(out, ";\n");
    }
}

static void emit(gen_ctx *ctx, const db_print *how, gen_buf *out)
{
    gen_surql_options surql;
    gen_sg_options sg;

    if (!how->sg) {
        memset(&surql, 0, sizeof surql);
        surql.exists = GEN_EXISTS_PLAIN;
        gen_emit_surql(ctx, &surql, out);
        return;
    }
    memset(&sg, 0, sizeof sg);
    sg.group = true;
    sg.drop_exists = true;
    sg.target = true;
    db_hide_secrets(ctx, how);
    gen_emit_sg(ctx, &sg, out);
}

/* Sets aside what is not understood, until nothing is, and marks the columns;
 * NULL when there is no memory. */
static gen_ctx *mark(gen_ctx *ctx, const db_print *how, db_catalogue *what,
                     bool left_over)
{
    gen_ctx *reader = NULL;
    bool again = true;

    while (again) {
        gen_close(reader);
        reader = parse(build_text(ctx, what, how->sg), how->target);
        if (reader == NULL) return NULL;
        again = gen_error_count(reader) > 0 && set_aside(reader, what);
    }
    mark_fields(reader, what, ctx, left_over);
    db_sort(what);
    return reader;
}

int db_mark(gen_ctx *ctx, gen_version target, db_catalogue *what)
{
    db_print how;
    gen_ctx *reader;

    memset(&how, 0, sizeof how);
    how.target = target;
    reader = mark(ctx, &how, what, true);
    if (reader == NULL) cli_say("out of memory");
    gen_close(reader);
    return reader != NULL ? CLI_FINE : CLI_FAILED;
}

int db_print_schema(gen_ctx *ctx, const db_print *how, db_catalogue *what,
                    gen_buf *out)
{
    gen_ctx *reader;
    gen_buf printed;
    int rc = CLI_FINE;

    db_set_secrets(ctx, how, what);
    reader = mark(ctx, how, what, false);
    if (reader != NULL) {
        /* Once more without what the server adds. */
        gen_close(reader);
        reader = parse(build_text(ctx, what, how->sg), how->target);
    }
    if (reader == NULL) {
        cli_say("out of memory");
        return CLI_FAILED;
    }
    gen_buf_init(&printed, reader);
    emit(reader, how, &printed);
    if (gen_error_count(reader) > 0) {
        gen_buf diags;
        gen_buf_init(&diags, reader);
        gen_print_diags(reader, &diags, false);
        fwrite(diags.ptr, 1, diags.len, stderr);
        rc = CLI_FAILED;
    }
    gen_buf_add(out, printed.ptr, printed.len);
    gen_close(reader);
    add_rest(out, what, how);
    return rc;
}
