/* surrealgen/migrate/lint_model.c: what was defined when a statement ran.
 *
 * The last statement of the script before it that speaks of the same thing
 * says so; without one it is what the snapshot before the migration has. Types
 * are compared as they were written: an item that a later one overwrites was
 * never settled by the front end. */
#include "lint.h"

#include <string.h>

const gen_table *lint_table(const gen_ctx *of, gen_str name)
{
    return (const gen_table *)gen_map_get(of, NULL, GEN_KEY_TABLE, name);
}

const gen_field *lint_field(gen_ctx *of, gen_str table, gen_str path)
{
    const gen_table *owner = lint_table(of, table);
    const gen_list *among = owner != NULL ? &owner->fields : NULL;
    const gen_field *field = NULL;
    size_t from = 0;

    while (among != NULL && from <= path.len) {
        size_t to = from;
        size_t i;
        gen_str part;
        while (to < path.len && path.ptr[to] != '.') to++;
        part = gen_str_sub(path, from, to);
        field = NULL;
        for (i = 0; i < among->count; i++) {
            const gen_field *one = gen_field_at(among, i);
            bool same = one->is_elem ? gen_str_is(part, "*")
                : gen_str_eq(one->name, part);
            if (same) field = one;
        }
        among = field != NULL ? &field->children : NULL;
        from = to + 1;
    }
    return field == NULL || field->implied ? NULL : field;
}

/* -------------------------------------------------------------- statements */

static const gen_list *all_about(const lint *l, gen_str table)
{
    return (const gen_list *)gen_map_get(l->reader, l, GEN_KEY_TABLE, table);
}

const lint_stmt *lint_about(const lint *l, gen_str table, size_t from)
{
    const gen_list *list = all_about(l, table);
    size_t low = 0;
    size_t high = list != NULL ? list->count : 0;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (((const lint_stmt *)list->at[mid])->at < from) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return list != NULL && low < list->count
        ? (const lint_stmt *)list->at[low] : NULL;
}

/* The last one before s that defines or removes the table or, with a name, the
 * column. */
static const lint_stmt *last_word(const lint *l, const lint_stmt *s,
                                  gen_str table, gen_str column)
{
    const lint_stmt *found = NULL;
    const gen_list *list = all_about(l, table);
    size_t i;

    for (i = 0; list != NULL && i < list->count; i++) {
        const lint_stmt *it = (const lint_stmt *)list->at[i];
        if (it->at >= s->at) break;
        if (it->verb != LINT_DEFINE && it->verb != LINT_REMOVE) continue;
        if (gen_word_eq(it->what, "table")) {
            if (column.len == 0 || it->verb == LINT_REMOVE) found = it;
        } else if (column.len > 0 && gen_word_eq(it->what, "field")
                   && gen_str_eq(it->name, column)) {
            found = it;
        }
    }
    return found;
}

const gen_table *lint_table_before(const lint *l, const lint_stmt *s,
                                   gen_str name)
{
    const lint_stmt *last = last_word(l, s, name, gen_str_lit(""));

    if (last == NULL) return lint_table(l->old, name);
    if (last->verb == LINT_REMOVE || last->item == NULL
        || last->item->kind != GEN_ITEM_TABLE) return NULL;
    return (const gen_table *)last->item->of;
}

const gen_field *lint_field_before(const lint *l, const lint_stmt *s,
                                   gen_str table, gen_str path)
{
    const lint_stmt *last = last_word(l, s, table, path);

    if (last == NULL) return lint_field(l->old, table, path);
    if (last->verb == LINT_REMOVE || last->item == NULL
        || last->item->kind != GEN_ITEM_FIELD) return NULL;
    return (const gen_field *)last->item->of;
}

bool lint_has_rows(const lint *l, const lint_stmt *s, gen_str table)
{
    const gen_table *old = lint_table(l->old, table);
    const lint_stmt *it;
    uint64_t rows;

    if (old == NULL || old->view.present) return false;
    for (it = lint_about(l, table, 0); it != NULL && it->at < s->at;
         it = lint_about(l, table, it->at + 1)) {
        if (lint_is(it, LINT_REMOVE, "table")) return false;
    }
    return !lint_rows(l, table, &rows) || rows > 0;
}

/* `a` gives or takes what `a.b` is, too. */
static bool covers(gen_str whole, gen_str path)
{
    if (whole.len > path.len || memcmp(whole.ptr, path.ptr, whole.len) != 0) {
        return false;
    }
    return whole.len == path.len || path.ptr[whole.len] == '.';
}

const lint_stmt *lint_sets(const lint *l, gen_str table, gen_str column,
                           size_t from, size_t to)
{
    const lint_stmt *it = lint_about(l, table, from);
    size_t i;

    for (; it != NULL && it->at < to; it = lint_about(l, table,
                                                      it->at + 1)) {
        if (it->verb != LINT_UPDATE || it->is_one) continue;
        for (i = 0; i < it->sets.count; i++) {
            const lint_set *set = (const lint_set *)it->sets.at[i];
            if (covers(set->name, column)) return it;
        }
    }
    return NULL;
}

const lint_stmt *lint_unsets(const lint *l, gen_str table, gen_str column,
                             size_t from, size_t to)
{
    const lint_stmt *it = lint_about(l, table, from);
    size_t i;

    for (; it != NULL && it->at < to; it = lint_about(l, table,
                                                      it->at + 1)) {
        if (it->verb != LINT_UPDATE || it->is_one) continue;
        for (i = 0; i < it->unsets.count; i++) {
            if (covers(gen_name_at(&it->unsets, i)->text, column)) return it;
        }
    }
    return NULL;
}

gen_str lint_moved(const lint *l, const lint_stmt *remove)
{
    const lint_stmt *it = lint_about(l, remove->table, 0);
    size_t i;

    for (; it != NULL && it->at < remove->at;
         it = lint_about(l, remove->table, it->at + 1)) {
        for (i = 0; it->verb == LINT_UPDATE && i < it->sets.count; i++) {
            const lint_set *set = (const lint_set *)it->sets.at[i];
            if (gen_str_eq(set->from, remove->name)) return set->name;
        }
    }
    return gen_str_lit("");
}

bool lint_is_touched(const lint *l, const lint_stmt *s)
{
    const lint_stmt *it = lint_about(l, s->table, s->at);
    const mig_step *last = (const mig_step *)gen_map_get(
        l->reader, &l->script->steps, GEN_KEY_TABLE, s->table);

    if (last != NULL && (s->step == NULL || last->line >= s->step->line)) {
        return true;
    }
    for (; it != NULL; it = lint_about(l, s->table, it->at + 1)) {
        if (it->verb == LINT_UPDATE && it->sets.count == 0
            && it->unsets.count == 0 && !it->is_where && !it->is_one) {
            return true;
        }
    }
    return false;
}

/* ------------------------------------------------------------------- types */

/* The alternatives of a type; NULL stands for NONE. */
static void add_arms(gen_ctx *ctx, const gen_type *type, gen_list *out)
{
    size_t i;

    if (type->kind == GEN_T_OPTION) {
        gen_list_push(ctx, out, NULL);
        if (type->elem != NULL) add_arms(ctx, type->elem, out);
    } else if (type->kind == GEN_T_UNION) {
        for (i = 0; i < type->arms.count; i++) {
            add_arms(ctx, gen_type_at(&type->arms, i), out);
        }
    } else {
        gen_list_push(ctx, out, type->kind == GEN_T_NONE ? NULL
                      : (void *)(uintptr_t)type);
    }
}

bool lint_optional(const gen_type *type)
{
    size_t i;

    if (type->kind == GEN_T_ANY || type->kind == GEN_T_OPTION
        || type->kind == GEN_T_NONE) return true;
    for (i = 0; type->kind == GEN_T_UNION && i < type->arms.count; i++) {
        if (lint_optional(gen_type_at(&type->arms, i))) return true;
    }
    return false;
}

static bool has_name(const gen_list *names, gen_str name)
{
    size_t i;

    for (i = 0; i < names->count; i++) {
        if (gen_str_eq(gen_name_at(names, i)->text, name)) return true;
    }
    return names->count == 0;
}

/* Fewer names mean more: none is any. */
static bool names_fit(const gen_list *from, const gen_list *to)
{
    size_t i;

    if (to->count > 0 && from->count == 0) return false;
    for (i = 0; i < from->count; i++) {
        if (!has_name(to, gen_name_at(from, i)->text)) return false;
    }
    return true;
}

static gen_type_kind literal_base(const gen_type *type)
{
    switch (type->literal_kind) {
    case GEN_L_STRING: return GEN_T_STRING;
    case GEN_L_INT: return GEN_T_INT;
    case GEN_L_FLOAT: return GEN_T_FLOAT;
    case GEN_L_DECIMAL: return GEN_T_DECIMAL;
    case GEN_L_DURATION: return GEN_T_DURATION;
    case GEN_L_BOOL: return GEN_T_BOOL;
    default: return GEN_T_LITERAL;
    }
}

static gen_str literal_text(const gen_type *type)
{
    return type->literal_kind == GEN_L_STRING
        || type->literal_kind == GEN_L_INT ? type->value : type->literal;
}

static bool list_fits(gen_ctx *ctx, const gen_type *from, const gen_type *to)
{
    if (to->has_length && (!from->has_length || from->length != to->length)) {
        return false;
    }
    if (to->elem == NULL) return true;
    return from->elem != NULL && lint_fits(ctx, from->elem, to->elem);
}

static bool shape_fits(gen_ctx *ctx, const gen_type *from, const gen_type *to)
{
    size_t i, k;

    if (from->members.count != to->members.count) return false;
    for (i = 0; i < from->members.count; i++) {
        const gen_member *a = gen_member_at(&from->members, i);
        for (k = 0; k < to->members.count; k++) {
            const gen_member *b = gen_member_at(&to->members, k);
            if (gen_str_eq(a->name, b->name)) {
                if (!lint_fits(ctx, a->type, b->type)) return false;
                break;
            }
        }
        if (k == to->members.count) return false;
    }
    return true;
}

static bool tuple_fits(gen_ctx *ctx, const gen_type *from, const gen_type *to)
{
    size_t i;

    if (from->arms.count != to->arms.count) return false;
    for (i = 0; i < from->arms.count; i++) {
        if (!lint_fits(ctx, gen_type_at(&from->arms, i),
                       gen_type_at(&to->arms, i))) return false;
    }
    return true;
}

/* Both without alternatives. */
static bool arm_fits(gen_ctx *ctx, const gen_type *from, const gen_type *to)
{
    if (to->kind == GEN_T_ANY) return true;
    if (to->kind == GEN_T_LITERAL) {
        return from->kind == GEN_T_LITERAL
            && from->literal_kind == to->literal_kind
            && gen_str_eq(literal_text(from), literal_text(to));
    }
    if (from->kind == GEN_T_LITERAL) {
        gen_type_kind base = literal_base(from);
        return base == to->kind || (to->kind == GEN_T_NUMBER
            && (base == GEN_T_INT || base == GEN_T_FLOAT
                || base == GEN_T_DECIMAL));
    }
    if (to->kind == GEN_T_NUMBER && (from->kind == GEN_T_INT
        || from->kind == GEN_T_FLOAT || from->kind == GEN_T_DECIMAL)) {
        return true;
    }
    if (to->kind == GEN_T_OBJECT && from->kind == GEN_T_SHAPE) return true;
    if (from->kind != to->kind) return false;
    switch (to->kind) {
    case GEN_T_ARRAY:
    case GEN_T_SET:
        return list_fits(ctx, from, to);
    case GEN_T_RECORD:
    case GEN_T_TABLE:
    case GEN_T_FILE:
    case GEN_T_GEOMETRY:
    case GEN_T_REFERENCES:
        return names_fit(&from->names, &to->names);
    case GEN_T_SHAPE:
        return shape_fits(ctx, from, to);
    case GEN_T_TUPLE:
        return tuple_fits(ctx, from, to);
    default:
        return true;
    }
}

static bool has_arm(gen_ctx *ctx, const gen_list *arms,
                    const gen_type *want)
{
    size_t i;

    for (i = 0; i < arms->count; i++) {
        const gen_type *arm = (const gen_type *)arms->at[i];
        if (arm != NULL && want != NULL) {
            if (arm_fits(ctx, want, arm)) return true;
        } else if (arm == NULL ? want == NULL : arm->kind == GEN_T_ANY) {
            return true;
        }
    }
    return false;
}

/* How deep types go is bounded by the parser: GEN_MAX_DEPTH. */
bool lint_fits(gen_ctx *ctx, const gen_type *from, const gen_type *to)
{
    gen_list a = { NULL, 0, 0 };
    gen_list b = { NULL, 0, 0 };
    size_t i;

    add_arms(ctx, from, &a);
    add_arms(ctx, to, &b);
    for (i = 0; i < a.count; i++) {
        if (!has_arm(ctx, &b, (const gen_type *)a.at[i])) return false;
    }
    return true;
}

static void add_gone(gen_ctx *ctx, gen_list *out, gen_str text, bool is_table)
{
    lint_arm *arm = (lint_arm *)gen_new(ctx, sizeof *arm);

    arm->text = gen_str_copy(ctx, text.ptr, text.len);
    arm->is_table = is_table;
    gen_list_push(ctx, out, arm);
}

/* Tables of a record that none of the alternatives has. */
static void add_tables(gen_ctx *ctx, const gen_type *from,
                       const gen_list *arms, gen_list *out)
{
    size_t i, k;

    for (i = 0; i < from->names.count; i++) {
        gen_str name = gen_name_at(&from->names, i)->text;
        for (k = 0; k < arms->count; k++) {
            const gen_type *arm = (const gen_type *)arms->at[k];
            if (arm != NULL && arm->kind == GEN_T_RECORD
                && has_name(&arm->names, name)) break;
        }
        if (k == arms->count) add_gone(ctx, out, name, true);
    }
}

static bool has_record(const gen_list *arms)
{
    size_t i;

    for (i = 0; i < arms->count; i++) {
        const gen_type *arm = (const gen_type *)arms->at[i];
        if (arm != NULL && arm->kind == GEN_T_RECORD) return true;
    }
    return false;
}

static const gen_type *only_list(const gen_list *arms)
{
    const gen_type *found = NULL;
    size_t i;

    for (i = 0; i < arms->count; i++) {
        const gen_type *arm = (const gen_type *)arms->at[i];
        if (arm == NULL) continue;
        if (found != NULL || arm->elem == NULL || arm->has_length
            || (arm->kind != GEN_T_ARRAY && arm->kind != GEN_T_SET)) {
            return NULL;
        }
        found = arm;
    }
    return found;
}

bool lint_gone(gen_ctx *ctx, const gen_type *from, const gen_type *to,
               gen_list *out, bool *in_list)
{
    gen_list a = { NULL, 0, 0 };
    gen_list b = { NULL, 0, 0 };
    size_t i;

    add_arms(ctx, from, &a);
    add_arms(ctx, to, &b);
    if (only_list(&a) != NULL && only_list(&b) != NULL
        && only_list(&a)->kind == only_list(&b)->kind && !*in_list
        && (!has_arm(ctx, &a, NULL) || has_arm(ctx, &b, NULL))) {
        *in_list = true;
        return lint_gone(ctx, only_list(&a)->elem, only_list(&b)->elem, out,
                         in_list);
    }
    for (i = 0; i < a.count; i++) {
        const gen_type *arm = (const gen_type *)a.at[i];
        if (has_arm(ctx, &b, arm)) continue;
        if (arm != NULL && arm->kind == GEN_T_LITERAL) {
            add_gone(ctx, out, arm->literal, false);
        } else if (arm != NULL && arm->kind == GEN_T_RECORD
                   && arm->names.count > 0 && has_record(&b)) {
            add_tables(ctx, arm, &b, out);
        } else {
            return false;
        }
    }
    return out->count > 0;
}

void lint_add_path(gen_buf *out, gen_str path)
{
    size_t from = 0;
    size_t to;

    for (to = 0; to <= path.len; to++) {
        gen_str part = gen_str_sub(path, from, to);
        if (to < path.len && path.ptr[to] != '.') continue;
        if (from > 0) gen_buf_add_char(out, '.');
        if (gen_str_is(part, "*")) {
            gen_buf_add_char(out, '*');
        } else {
            gen_surql_name(out, part);
        }
        from = to + 1;
    }
}

gen_str lint_type_text(gen_ctx *ctx, const gen_type *type)
{
    gen_buf buf;

    gen_buf_init(&buf, ctx);
    gen_surql_type(&buf, type);
    return gen_buf_str(&buf);
}
