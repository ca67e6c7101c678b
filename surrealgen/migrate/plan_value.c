/* surrealgen/migrate/plan_value.c: what becomes of the values of a column.
 *
 * Data steps run at three places: FILL, where rows still have all they had;
 * EMPTY, where values move to other names and go; and LATE, behind that, for
 * columns in an object that has another name now: before the object has moved
 * there is nothing at their path. */
#include "../surql/surql.h"
#include "plan.h"

#include <string.h>

/* ------------------------------------------------------------------- paths */

bool mig_split_path(gen_str path, gen_str *head, gen_str *tail)
{
    size_t i;

    for (i = path.len; i-- > 1;) {
        if (path.ptr[i] != '*' || path.ptr[i - 1] != '.') continue;
        *head = gen_str_sub(path, 0, i - 1);
        *tail = i + 2 <= path.len ? gen_str_sub(path, i + 2, path.len)
            : gen_str_sub(path, path.len, path.len);
        return true;
    }
    return false;
}

gen_str mig_rows_with(gen_ctx *ctx, gen_str path)
{
    gen_str head = path;
    gen_str tail;
    gen_buf out;

    while (mig_split_path(head, &head, &tail)) {
    }
    gen_buf_init(&out, ctx);
    gen_buf_add_str(&out, head);
    gen_buf_add_text(&out, " != NONE");
    return gen_buf_str(&out);
}

gen_str mig_parent_of(gen_str path)
{
    bool quoted = false;
    size_t len = 0;
    size_t i;

    for (i = 0; i < path.len; i++) {
        if (path.ptr[i] == '`') quoted = !quoted;
        if (path.ptr[i] == '.' && !quoted) len = i;
    }
    return gen_str_sub(path, 0, len);
}

/* The rename of the nearest column above that has one, or NULL; old: the path
 * is of the state before. */
static const mig_change *rename_above(const mig_way *way, gen_str table,
                                      gen_str path, bool old)
{
    gen_str above = mig_parent_of(path);
    size_t i;

    for (; above.len > 0; above = mig_parent_of(above)) {
        for (i = 0; i < way->changes->count; i++) {
            const mig_change *change = mig_change_at(way->changes, i);
            const mig_def *def = old ? change->before : change->after;
            if (change->op == MIG_RENAME && def->kind == DB_FIELD
                && gen_str_eq(def->spelled, above)
                && gen_str_eq(def->table_spelled, table)) {
                return change;
            }
        }
    }
    return NULL;
}

bool mig_parent_moves(const mig_way *way, const mig_def *def)
{
    return rename_above(way, def->table_spelled, def->spelled, false) != NULL;
}

gen_str mig_moved_path(const mig_way *way, const mig_def *def)
{
    const mig_change *above = rename_above(way, def->table_spelled,
                                           def->spelled, true);
    gen_buf path;

    if (above == NULL) return def->spelled;
    gen_buf_init(&path, way->ctx);
    gen_buf_add_str(&path, above->after->spelled);
    gen_buf_add_str(&path, gen_str_sub(def->spelled,
                                       above->before->spelled.len,
                                       def->spelled.len));
    return gen_buf_str(&path);
}

/* ------------------------------------------------------------ what rows get */

/* Digits, with a point perhaps, and the letters behind them. */
static bool read_number(gen_str text, bool *point, gen_str *suffix)
{
    size_t i = text.len > 0 && (text.ptr[0] == '-' || text.ptr[0] == '+');
    size_t from = i;

    *point = false;
    for (; i < text.len; i++) {
        if (text.ptr[i] == '.' && i > from && !*point) {
            *point = true;
        } else if (text.ptr[i] < '0' || text.ptr[i] > '9') {
            break;
        }
    }
    *suffix = gen_str_sub(text, i, text.len);
    return i > from;
}

static bool is_quoted(gen_str text)
{
    char quote = text.len > 1 ? text.ptr[0] : 0;

    return (quote == '\'' || quote == '"') && text.ptr[text.len - 1] == quote
        && memchr(text.ptr + 1, quote, text.len - 2) == NULL
        && memchr(text.ptr, '\\', text.len) == NULL;
}

bool mig_is_plain(const gen_field *field, gen_str expr)
{
    gen_str suffix;
    bool point;

    switch (field->type->core->kind) {
    case GEN_T_INT:
        return read_number(expr, &point, &suffix) && !point
            && suffix.len == 0;
    case GEN_T_FLOAT:
        return read_number(expr, &point, &suffix)
            && (suffix.len == 0 || gen_str_is(suffix, "f"));
    case GEN_T_DECIMAL:
        return read_number(expr, &point, &suffix)
            && (suffix.len == 0 || gen_str_is(suffix, "dec"));
    case GEN_T_STRING:
    case GEN_T_LITERAL:
    case GEN_T_UNION:
        return is_quoted(expr);
    case GEN_T_BOOL:
        return gen_word_eq(expr, "true") || gen_word_eq(expr, "false");
    case GEN_T_DATETIME:
        return gen_str_is(expr, "time::now()");
    case GEN_T_ARRAY:
        return gen_str_is(expr, "[]");
    case GEN_T_ANY:
        return true;
    default:
        return false;
    }
}

/* Of which a number of another kind would stay one: its own kind, or that of
 * its elements. */
static const char *number_kind(const gen_type *type)
{
    const gen_type *core = type->core;

    if ((core->kind == GEN_T_ARRAY || core->kind == GEN_T_SET)
        && core->elem != NULL && !core->elem->optional) {
        core = core->elem->core;
    }
    return core->kind == GEN_T_FLOAT ? "f"
        : core->kind == GEN_T_DECIMAL ? "dec" : NULL;
}

/* The server makes 0 a decimal where it writes it itself; under OPTION IMPORT
 * it takes every value as it is. */
static void add_made(gen_buf *out, const gen_field *field, gen_str expr)
{
    const char *kind = number_kind(field->type);
    gen_str suffix;
    bool point;

    if (kind == NULL || gen_str_is(expr, "[]")) {
        gen_buf_add_str(out, expr);
    } else if (mig_is_plain(field, expr)) {
        read_number(expr, &point, &suffix);
        gen_buf_add_str(out, expr);
        if (suffix.len == 0) gen_buf_add_text(out, kind);
    } else {
        gen_buf_add_char(out, '<');
        gen_surql_type(out, field->type->core);
        gen_buf_add_text(out, "> (");
        gen_buf_add_str(out, expr);
        gen_buf_add_char(out, ')');
    }
}

/* -------------------------------------------------------------------- fill */

static gen_list *fills_of(mig_way *way, const mig_def *def)
{
    return mig_parent_moves(way, def) ? &way->late : &way->fill;
}

static void fill_in(mig_way *way, gen_list *fills, const mig_def *def,
                    gen_str expr)
{
    gen_str path = def->spelled;
    gen_str head;
    gen_str tail;
    gen_str parent;
    gen_buf set;
    gen_buf where;

    gen_buf_init(&set, way->ctx);
    gen_buf_init(&where, way->ctx);
    if (mig_split_path(path, &head, &tail)) {
        gen_buf_add_str(&set, head);
        gen_buf_add_text(&set, "[WHERE ");
        gen_buf_add_str(&set, tail);
        gen_buf_add_text(&set, " = NONE].");
        gen_buf_add_str(&set, tail);
        gen_buf_add_str(&where, mig_rows_with(way->ctx, path));
    } else {
        gen_buf_add_str(&set, path);
        parent = mig_parent_of(path);
        if (parent.len > 0) {
            gen_buf_add_str(&where, parent);
            gen_buf_add_text(&where, " != NONE AND ");
        }
        gen_buf_add_str(&where, path);
        gen_buf_add_text(&where, " = NONE");
    }
    gen_buf_add_text(&set, " = ");
    add_made(&set, mig_field_of(def), expr);
    mig_put_fill(way, fills, def->table_spelled, gen_buf_str(&set),
                 gen_buf_str(&where));
}

void mig_fill(mig_way *way, const mig_def *def, gen_str expr)
{
    fill_in(way, fills_of(way, def), def, expr);
}

void mig_fill_late(mig_way *way, const mig_def *def, gen_str expr)
{
    fill_in(way, &way->late, def, expr);
}

/* -------------------------------------------------------------------- cast */

/* The element $e with the value at the path: "a.b" is b of what is at a. Names
 * are quoted in statements, and not as keys. */
static void put_in_element(gen_buf *out, gen_str path, gen_str value)
{
    size_t levels = 0;
    size_t from = 0;
    size_t i;

    while (from < path.len) {
        bool quoted = path.ptr[from] == '`';
        gen_str key;
        for (i = from + 1; i < path.len; i++) {
            if (quoted ? path.ptr[i] == '`' : path.ptr[i] == '.') break;
        }
        key = gen_str_sub(path, from + quoted, i);
        gen_buf_add_text(out, "object::from_entries(array::concat("
                         "object::entries($e");
        if (from > 0) {
            gen_buf_add_char(out, '.');
            gen_buf_add(out, path.ptr, from - 1);
        }
        gen_buf_add_text(out, "), [[");
        gen_surql_string(out, key);
        gen_buf_add_text(out, ", ");
        levels++;
        from = i + 1 + quoted;
    }
    gen_buf_add_str(out, value);
    while (levels-- > 0) gen_buf_add_text(out, "]]))");
}

/* .map() of elements that get at `to` the cast of what they have at `from`; of
 * the elements themselves when both are empty. */
static void put_mapped(mig_way *way, gen_buf *out, gen_str from, gen_str to,
                       const mig_cast *cast)
{
    gen_buf value;
    gen_buf made;

    if (to.len == 0) {
        gen_buf_add_text(out, ".map(|$e| ");
        mig_add_cast(out, cast, gen_str_lit("$e"));
        gen_buf_add_char(out, ')');
        return;
    }
    gen_buf_init(&value, way->ctx);
    gen_buf_init(&made, way->ctx);
    gen_buf_add_text(&value, "$e.");
    gen_buf_add_str(&value, from);
    mig_add_cast(&made, cast, gen_buf_str(&value));
    gen_buf_add_text(out, ".map(|$e| IF ");
    gen_buf_add_str(out, gen_buf_str(&value));
    gen_buf_add_text(out, " = NONE { $e } ELSE { ");
    put_in_element(out, to, gen_buf_str(&made));
    gen_buf_add_text(out, " })");
}

/* path = cast of it, in every row that has a value; of an element the array is
 * made anew. */
bool mig_cast_values(mig_way *way, const mig_def *def, const mig_cast *cast)
{
    gen_str where = mig_rows_with(way->ctx, def->spelled);
    gen_list *fills = fills_of(way, def);
    gen_str head;
    gen_str tail;
    gen_str other;
    gen_buf set;

    gen_buf_init(&set, way->ctx);
    if (!mig_split_path(def->spelled, &head, &tail)) {
        gen_buf_add_str(&set, def->spelled);
        gen_buf_add_text(&set, " = ");
        mig_add_cast(&set, cast, def->spelled);
    } else {
        if (mig_split_path(head, &other, &other)) return false;
        gen_buf_add_str(&set, head);
        gen_buf_add_text(&set, " = ");
        gen_buf_add_str(&set, head);
        put_mapped(way, &set, tail, tail, cast);
    }
    if (cast->alike) {
        mig_put_marked(way, fills, def->table_spelled, gen_buf_str(&set),
                       where);
    } else {
        mig_put_fill(way, fills, def->table_spelled, gen_buf_str(&set), where);
    }
    return true;
}

/* -------------------------------------------------------------------- move */

/* An IF that is all of a block is worth NONE in SurrealDB 2, unless it stands
 * in parentheses. */
static void add_cast_in_block(mig_way *way, gen_buf *out,
                              const mig_cast *cast, gen_str value)
{
    gen_buf made;
    bool is_if;

    gen_buf_init(&made, way->ctx);
    mig_add_cast(&made, cast, value);
    is_if = made.len > 3 && memcmp(made.ptr, "IF ", 3) == 0;
    if (is_if) gen_buf_add_char(out, '(');
    gen_buf_add(out, made.ptr, made.len);
    if (is_if) gen_buf_add_char(out, ')');
}

/* new = old, where there is one: what a newer program wrote stays. An object
 * above that has another name, too, moves in the same statement, and first: the
 * value is read where it was, and taken away where it then is. */
bool mig_move_values(mig_way *way, const mig_change *change)
{
    gen_str from = change->before->spelled;
    gen_str to = change->after->spelled;
    gen_str table = change->after->table_spelled;
    gen_str where = mig_rows_with(way->ctx, from);
    gen_str gone = mig_moved_path(way, change->before);
    gen_str head, tail, new_head, new_tail, other;
    mig_cast cast;
    gen_buf move;

    memset(&cast, 0, sizeof cast);
    cast.expr = "@";
    if ((change->what & MIG_CAST) != 0) {
        cast = mig_cast_of(way->ctx, mig_field_of(change->before)->type,
                           mig_field_of(change->after)->type);
    }
    gen_buf_init(&move, way->ctx);
    if (mig_split_path(from, &head, &tail)) {
        if (mig_split_path(head, &other, &other)) return false;
        mig_split_path(to, &new_head, &new_tail);
        put_mapped(way, &move, tail, new_tail, &cast);
        mig_put_elements(way, table, gone, where, head, new_head,
                         gen_buf_str(&move));
        return true;
    }
    gen_buf_add_str(&move, to);
    gen_buf_add_text(&move, " = IF ");
    gen_buf_add_str(&move, from);
    gen_buf_add_text(&move, " != NONE { ");
    add_cast_in_block(way, &move, &cast, from);
    gen_buf_add_text(&move, " } ELSE { ");
    gen_buf_add_str(&move, to);
    gen_buf_add_text(&move, " }");
    mig_put_empty(way, table, gone, where, gen_buf_str(&move));
    return true;
}

void mig_say_deep(mig_way *way, const mig_def *def, const char *what)
{
    gen_buf text;

    way->failed = true;
    gen_buf_init(&text, way->ctx);
    gen_buf_add_text(&text, "`");
    mig_add_title(&text, def);
    gen_buf_add_fmt(&text, "` %s, and it stands in an array of an array: the "
                    "data step is too much for a recipe", what);
    gen_report(way->ctx, "SG830", def->pos, text.ptr, NULL, NULL, NULL,
               "write this migration by hand, from `surrealgen migrate "
               "generate --empty`");
}
