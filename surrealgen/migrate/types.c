/* surrealgen/migrate/types.c: what a change of a type does to values.
 *
 * The question is always the same: does every value of the one type belong to
 * the other? Asked in both directions it tells wider from narrower from
 * neither; of neither, a table knows the casts the server has. */
#include "plan.h"

#include <string.h>

/* ---------------------------------------------------------------- contains */

static bool has_name(const gen_list *names, gen_str name)
{
    size_t i;

    for (i = 0; i < names->count; i++) {
        if (gen_str_eq(gen_name_at(names, i)->text, name)) return true;
    }
    return false;
}

bool mig_names_within(const gen_list *some, const gen_list *all)
{
    size_t i;

    if (all->count == 0) return true;
    if (some->count == 0) return false;
    for (i = 0; i < some->count; i++) {
        if (!has_name(all, gen_name_at(some, i)->text)) return false;
    }
    return true;
}

static bool literal_in_kind(const gen_type *literal, gen_type_kind kind)
{
    switch (literal->literal_kind) {
    case GEN_L_STRING: return kind == GEN_T_STRING;
    case GEN_L_INT: return kind == GEN_T_INT || kind == GEN_T_NUMBER;
    case GEN_L_FLOAT: return kind == GEN_T_FLOAT || kind == GEN_T_NUMBER;
    case GEN_L_DECIMAL:
        return kind == GEN_T_DECIMAL || kind == GEN_T_NUMBER;
    case GEN_L_DURATION: return kind == GEN_T_DURATION;
    case GEN_L_BOOL: return kind == GEN_T_BOOL;
    default: return false;
    }
}

static bool same_literal(const gen_type *a, const gen_type *b)
{
    if (a->literal_kind != b->literal_kind) return false;
    if (a->literal_kind == GEN_L_STRING || a->literal_kind == GEN_L_INT) {
        return gen_str_eq(a->value, b->value);
    }
    return gen_str_eq(a->literal, b->literal);
}

static const gen_type *member_of(const gen_type *shape, gen_str name)
{
    size_t i;

    for (i = 0; i < shape->members.count; i++) {
        const gen_member *member = gen_member_at(&shape->members, i);
        if (gen_str_eq(member->name, name)) return member->type;
    }
    return NULL;
}

/* A member the value lacks is NONE. */
static bool shape_within(const gen_type *a, const gen_type *b)
{
    size_t i;

    for (i = 0; i < a->members.count; i++) {
        const gen_member *member = gen_member_at(&a->members, i);
        const gen_type *there = member_of(b, member->name);
        if (there == NULL || !mig_type_within(member->type, there)) {
            return false;
        }
    }
    for (i = 0; i < b->members.count; i++) {
        const gen_member *member = gen_member_at(&b->members, i);
        if (member_of(a, member->name) == NULL && !member->type->optional) {
            return false;
        }
    }
    return true;
}

static bool array_within(const gen_type *a, const gen_type *b)
{
    if (b->has_length && (!a->has_length || a->length != b->length)) {
        return false;
    }
    if (b->elem == NULL) return true;
    if (a->elem == NULL) return b->elem->kind == GEN_T_ANY;
    return mig_type_within(a->elem, b->elem);
}

static bool tuple_within(const gen_type *a, const gen_type *b)
{
    size_t i;

    if (b->kind == GEN_T_ARRAY) {
        if (b->has_length && b->length != a->arms.count) return false;
        for (i = 0; b->elem != NULL && i < a->arms.count; i++) {
            if (!mig_type_within(gen_type_at(&a->arms, i), b->elem)) {
                return false;
            }
        }
        return true;
    }
    if (b->kind != GEN_T_TUPLE || a->arms.count != b->arms.count) {
        return false;
    }
    for (i = 0; i < a->arms.count; i++) {
        if (!mig_type_within(gen_type_at(&a->arms, i),
                             gen_type_at(&b->arms, i))) {
            return false;
        }
    }
    return true;
}

static bool one_within(const gen_type *a, const gen_type *b)
{
    switch (a->kind) {
    case GEN_T_LITERAL:
        return b->kind == GEN_T_LITERAL ? same_literal(a, b)
            : literal_in_kind(a, b->kind);
    case GEN_T_INT:
    case GEN_T_FLOAT:
    case GEN_T_DECIMAL:
        return a->kind == b->kind || b->kind == GEN_T_NUMBER;
    case GEN_T_SHAPE:
        return b->kind == GEN_T_OBJECT
            || (b->kind == GEN_T_SHAPE && shape_within(a, b));
    case GEN_T_TUPLE:
        return tuple_within(a, b);
    case GEN_T_ARRAY:
    case GEN_T_SET:
        return a->kind == b->kind && array_within(a, b);
    case GEN_T_RECORD:
    case GEN_T_TABLE:
    case GEN_T_FILE:
    case GEN_T_GEOMETRY:
    case GEN_T_REFERENCES:
        return a->kind == b->kind && mig_names_within(&a->names, &b->names);
    default:
        return a->kind == b->kind;
    }
}

/* Types nest no deeper than GEN_MAX_DEPTH, which the reader sees to. */
bool mig_type_within(const gen_type *a, const gen_type *b)
{
    size_t i;

    if (b->kind == GEN_T_ANY) return true;
    if (a->kind == GEN_T_ANY) return false;
    if (a->kind == GEN_T_OPTION) {
        return b->optional && mig_type_within(a->elem, b);
    }
    if (a->kind == GEN_T_UNION) {
        for (i = 0; i < a->arms.count; i++) {
            if (!mig_type_within(gen_type_at(&a->arms, i), b)) return false;
        }
        return true;
    }
    if (a->kind == GEN_T_NONE) return b->optional;
    if (a->kind == GEN_T_NULL) return b->nullable;
    if (b->kind == GEN_T_OPTION) return mig_type_within(a, b->elem);
    if (b->kind == GEN_T_UNION) {
        for (i = 0; i < b->arms.count; i++) {
            if (mig_type_within(a, gen_type_at(&b->arms, i))) return true;
        }
        return false;
    }
    return one_within(a, b);
}

/* ------------------------------------------------------------------- casts */

/* fails: there are values the cast refuses. loses: there are two that become
 * the same. `@` stands for the value, more than once where a value that would
 * change is to stop the step instead: the server rounds without a word. */
typedef struct cast_row {
    gen_type_kind from, to;
    const char *cast;
    const char *expr; /* NULL: cast and @ */
    bool fails, loses;
} cast_row;

/* SurrealDB says 0.5f and, before version 3, 1.5dec. */
#define DIGITS "string::replace(<string> <decimal> @, 'dec', '')"
#define ROUND(there, back) \
    "IF " back " " there " @ = @ { " there " @ } ELSE { THROW 'a value " \
    "does not fit: ' + <string> @ }"

static const cast_row casts[] = {
    { GEN_T_INT, GEN_T_FLOAT, "<float>", ROUND("<float>", "<int>"), true,
      false },
    { GEN_T_INT, GEN_T_DECIMAL, "<decimal>", NULL, false, false },
    { GEN_T_FLOAT, GEN_T_DECIMAL, "<decimal>", NULL, true, false },
    { GEN_T_FLOAT, GEN_T_INT, "<int>", NULL, true, false },
    { GEN_T_DECIMAL, GEN_T_INT, "<int>", NULL, true, false },
    { GEN_T_DECIMAL, GEN_T_FLOAT, "<float>", ROUND("<float>", "<decimal>"),
      true, false },
    { GEN_T_NUMBER, GEN_T_INT, "<int>", NULL, true, false },
    { GEN_T_NUMBER, GEN_T_FLOAT, "<float>", ROUND("<float>", "<decimal>"),
      true, false },
    { GEN_T_NUMBER, GEN_T_DECIMAL, "<decimal>", NULL, true, false },
    { GEN_T_INT, GEN_T_STRING, "<string>", NULL, false, false },
    { GEN_T_FLOAT, GEN_T_STRING, "<string>", DIGITS, true, false },
    { GEN_T_DECIMAL, GEN_T_STRING, "<string>", DIGITS, false, false },
    { GEN_T_NUMBER, GEN_T_STRING, "<string>", DIGITS, true, false },
    { GEN_T_BOOL, GEN_T_STRING, "<string>", NULL, false, false },
    { GEN_T_DATETIME, GEN_T_STRING, "<string>", NULL, false, false },
    { GEN_T_DURATION, GEN_T_STRING, "<string>", NULL, false, false },
    { GEN_T_UUID, GEN_T_STRING, "<string>", NULL, false, false },
    { GEN_T_RECORD, GEN_T_STRING, "<string>", NULL, false, false },
    { GEN_T_STRING, GEN_T_INT, "<int>", NULL, true, false },
    { GEN_T_STRING, GEN_T_FLOAT, "<float>", NULL, true, false },
    { GEN_T_STRING, GEN_T_DECIMAL, "<decimal>", NULL, true, false },
    { GEN_T_STRING, GEN_T_NUMBER, "<number>", NULL, true, false },
    { GEN_T_STRING, GEN_T_BOOL, "<bool>", NULL, true, false },
    { GEN_T_STRING, GEN_T_DATETIME, "<datetime>", NULL, true, false },
    { GEN_T_STRING, GEN_T_DURATION, "<duration>", NULL, true, false },
    { GEN_T_STRING, GEN_T_UUID, "<uuid>", NULL, true, false },
    { GEN_T_STRING, GEN_T_RECORD, "<record>", NULL, true, false },
    { GEN_T_SET, GEN_T_ARRAY, "<array>", NULL, false, false },
    { GEN_T_ARRAY, GEN_T_SET, "<set>", NULL, false, true },
    { GEN_T_NONE, GEN_T_NONE, NULL, NULL, false, false }
};

/* The one kind all values of a type have, NONE and NULL aside; GEN_T_ANY when
 * there are several. */
static gen_type_kind kind_of(const gen_type *type)
{
    static const gen_type_kind of_literal[] = {
        GEN_T_STRING, GEN_T_INT, GEN_T_FLOAT, GEN_T_DECIMAL, GEN_T_DURATION,
        GEN_T_BOOL, GEN_T_ANY
    };
    gen_type_kind kind = GEN_T_NONE;
    size_t i;

    type = type->core;
    if (type->kind == GEN_T_LITERAL) return of_literal[type->literal_kind];
    if (type->kind != GEN_T_UNION) return type->kind;
    for (i = 0; i < type->arms.count; i++) {
        const gen_type *arm = gen_type_at(&type->arms, i);
        gen_type_kind one;
        if (arm->kind == GEN_T_NONE || arm->kind == GEN_T_NULL) continue;
        one = arm->kind == GEN_T_LITERAL ? of_literal[arm->literal_kind]
            : arm->kind;
        if (kind != GEN_T_NONE && kind != one) return GEN_T_ANY;
        kind = one;
    }
    return kind;
}

/* Arrays whose elements have a cast. The server casts them with the array;
 * where one needs more than that they are mapped. */
static mig_cast elements(gen_ctx *ctx, const gen_type *from,
                         const gen_type *to)
{
    const gen_type *a = from->core;
    const gen_type *b = to->core;
    mig_cast inner;
    mig_cast out;
    gen_buf text;

    memset(&out, 0, sizeof out);
    if ((a->kind != GEN_T_ARRAY && a->kind != GEN_T_SET)
        || (b->kind != GEN_T_ARRAY && b->kind != GEN_T_SET)
        || a->elem == NULL || b->elem == NULL) {
        return out;
    }
    inner = mig_cast_of(ctx, a->elem, b->elem);
    if (inner.text == NULL && !mig_type_within(a->elem, b->elem)) return out;
    out = inner;
    out.nullable = false;
    out.loses = out.loses || (a->kind == GEN_T_ARRAY
                              && b->kind == GEN_T_SET);
    gen_buf_init(&text, ctx);
    gen_buf_add_char(&text, '<');
    gen_surql_type(&text, b);
    gen_buf_add_char(&text, '>');
    out.text = gen_buf_str(&text).ptr;
    out.expr = NULL;
    if (inner.text == NULL || (inner.expr == NULL && !inner.nullable)) {
        return out;
    }
    gen_buf_init(&text, ctx);
    if (b->kind == GEN_T_SET) gen_buf_add_text(&text, "<set> (");
    gen_buf_add_text(&text, a->kind == GEN_T_SET ? "(<array> @)" : "@");
    gen_buf_add_text(&text, ".map(|$v| ");
    mig_add_cast(&text, &inner, gen_str_lit("$v"));
    gen_buf_add_text(&text, b->kind == GEN_T_SET ? "))" : ")");
    out.expr = gen_buf_str(&text).ptr;
    return out;
}

/* `int | string` to string, say, after an expanding migration: the arms that
 * are not of the type have one cast among them, and values of the others are
 * left alone by it. Digits of numbers and, say, the words of bool are two:
 * there is no telling here which of them a value is. */
static mig_cast of_arms(gen_ctx *ctx, const gen_type *from,
                        const gen_type *to)
{
    const gen_type *core = from->core;
    bool digits = false;
    bool words = false;
    size_t count = 0;
    mig_cast none;
    mig_cast out;
    size_t i;

    memset(&none, 0, sizeof none);
    memset(&out, 0, sizeof out);
    for (i = 0; core->kind == GEN_T_UNION && i < core->arms.count; i++) {
        const gen_type *arm = gen_type_at(&core->arms, i);
        mig_cast one;
        if (arm->kind == GEN_T_NONE || arm->kind == GEN_T_NULL
            || mig_type_within(arm, to)) {
            continue;
        }
        one = mig_cast_of(ctx, arm, to);
        if (one.text == NULL
            || (out.text != NULL && strcmp(out.text, one.text) != 0)) {
            return none;
        }
        if (one.expr != NULL && strcmp(one.expr, DIGITS) == 0) {
            digits = true;
        } else if (arm->kind != GEN_T_INT) {
            words = true;
        }
        if (out.text == NULL || one.expr != NULL) out = one;
        count++;
    }
    if (digits && words) return none;
    out.loses = out.loses || count > 1; /* which arm it was */
    if (out.expr == NULL) return out;
    if (digits) {
        out.expr = "IF <string> @ = @ { @ } ELSE { " DIGITS " }";
    } else {
        out.expr = NULL;
        out.loses = true;
    }
    return out;
}

static bool is_number(gen_type_kind kind)
{
    return kind == GEN_T_INT || kind == GEN_T_FLOAT || kind == GEN_T_DECIMAL
        || kind == GEN_T_NUMBER;
}

mig_cast mig_cast_of(gen_ctx *ctx, const gen_type *from, const gen_type *to)
{
    gen_type_kind a = kind_of(from);
    gen_type_kind b = kind_of(to);
    mig_cast out = elements(ctx, from, to);
    const cast_row *row = casts;

    if (out.text == NULL && a == GEN_T_ANY) {
        out = of_arms(ctx, from, to);
        out.alike = is_number(b);
    }
    out.nullable = from->nullable;
    if (out.text != NULL) return out;
    memset(&out, 0, sizeof out);
    out.nullable = from->nullable;
    while (row->cast != NULL && (row->from != a || row->to != b)) row++;
    out.text = row->cast;
    out.expr = row->expr;
    out.fails = row->fails;
    out.loses = row->loses;
    out.alike = is_number(a) && is_number(b);
    return out;
}

void mig_add_cast(gen_buf *out, const mig_cast *cast, gen_str value)
{
    const char *at = cast->expr;

    if (cast->nullable) {
        gen_buf_add_text(out, "IF ");
        gen_buf_add_str(out, value);
        gen_buf_add_text(out, " = NULL { NULL } ELSE { ");
    }
    if (at == NULL) {
        gen_buf_add_fmt(out, "%s ", cast->text);
        gen_buf_add_str(out, value);
    }
    for (; at != NULL && *at != 0; at++) {
        if (*at == '@') {
            gen_buf_add_str(out, value);
        } else {
            gen_buf_add_char(out, *at);
        }
    }
    if (cast->nullable) gen_buf_add_text(out, " }");
}
