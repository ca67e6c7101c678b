/* surrealgen/migrate/relink.c: values that hold ids of a table, and the same
 * values with the ids of another one.
 *
 * What a value may hold is read from its type, so an expression can be made
 * that goes exactly where ids may be: through options, arrays, sets, tuples,
 * shapes and the arms of unions. Each id is asked for its table before it is
 * changed, so that doing it twice is doing it once. What has no type that says
 * so (any, object) cannot be gone through: SurrealQL has nothing that walks
 * a value of unknown depth. */
#include "plan.h"

#include <string.h>

/* ----------------------------------------------------------------- finding */

const mig_moved *mig_moved_at(const gen_list *list, size_t i)
{
    return (const mig_moved *)list->at[i];
}

const mig_moved *mig_moved_from(const gen_list *moved, gen_str table)
{
    size_t i;

    for (i = 0; i < moved->count; i++) {
        if (gen_str_eq(mig_moved_at(moved, i)->from, table)) {
            return mig_moved_at(moved, i);
        }
    }
    return NULL;
}

/* Records of any table may be of one that moves. */
bool mig_names_moved(const gen_list *names, const gen_list *moved)
{
    size_t i;

    for (i = 0; i < names->count; i++) {
        if (mig_moved_from(moved, gen_name_at(names, i)->text) != NULL) {
            return true;
        }
    }
    return names->count == 0;
}

/* Types nest no deeper than GEN_MAX_DEPTH, which the reader sees to. */
mig_link mig_links_in(const gen_type *type, const gen_list *moved)
{
    unsigned found = MIG_NO_LINK;
    size_t i;

    switch (type->kind) {
    case GEN_T_ANY:
        return MIG_LINK_HIDDEN;
    case GEN_T_OBJECT:
        return MIG_LINK_OBJECT;
    case GEN_T_RECORD:
        return mig_names_moved(&type->names, moved) ? MIG_LINK : MIG_NO_LINK;
    case GEN_T_TABLE:
        return type->names.count > 0 && mig_names_moved(&type->names, moved)
            ? MIG_LINK_HIDDEN : MIG_NO_LINK;
    case GEN_T_ARRAY:
    case GEN_T_SET:
        if (type->elem == NULL) return MIG_LINK_HIDDEN;
        break;
    default:
        break;
    }
    if (type->elem != NULL) found |= mig_links_in(type->elem, moved);
    for (i = 0; i < type->arms.count; i++) {
        found |= mig_links_in(gen_type_at(&type->arms, i), moved);
    }
    for (i = 0; i < type->members.count; i++) {
        found |= mig_links_in(gen_member_at(&type->members, i)->type, moved);
    }
    return (mig_link)found;
}

static bool is_word(const gen_type *type)
{
    return type->kind == GEN_T_LITERAL
        && type->literal_kind == GEN_L_STRING;
}

bool mig_has_word(const gen_type *type, const gen_list *words)
{
    size_t i;

    if (is_word(type)) return mig_moved_from(words, type->value) != NULL;
    if (type->elem != NULL && mig_has_word(type->elem, words)) return true;
    for (i = 0; i < type->arms.count; i++) {
        if (mig_has_word(gen_type_at(&type->arms, i), words)) return true;
    }
    for (i = 0; i < type->members.count; i++) {
        if (mig_has_word(gen_member_at(&type->members, i)->type, words)) {
            return true;
        }
    }
    return false;
}

static bool has_link(const mig_relink *r, const gen_type *type)
{
    if (r->words != NULL) return mig_has_word(type, r->words);
    return (mig_links_in(type, r->moved) & MIG_LINK) != 0;
}

/* ------------------------------------------------------------------- types */

gen_list mig_moved_names(gen_ctx *ctx, const gen_list *names,
                         const gen_list *moved)
{
    gen_list out = { NULL, 0, 0 };
    size_t i;

    for (i = 0; i < names->count; i++) {
        gen_str text = gen_name_at(names, i)->text;
        const mig_moved *one = mig_moved_from(moved, text);
        mig_add_name(ctx, &out, one != NULL ? one->to : text);
    }
    return out;
}

gen_type *mig_moved_type(gen_ctx *ctx, const gen_type *type,
                         const gen_list *moved)
{
    gen_type *out = (gen_type *)gen_new(ctx, sizeof *out);
    size_t i;

    *out = *type;
    out->core = out;
    memset(&out->arms, 0, sizeof out->arms);
    memset(&out->members, 0, sizeof out->members);
    if (type->kind == GEN_T_RECORD || type->kind == GEN_T_TABLE) {
        out->names = mig_moved_names(ctx, &type->names, moved);
    }
    if (type->elem != NULL) {
        out->elem = mig_moved_type(ctx, type->elem, moved);
    }
    for (i = 0; i < type->arms.count; i++) {
        gen_list_push(ctx, &out->arms, mig_moved_type(
            ctx, gen_type_at(&type->arms, i), moved));
    }
    for (i = 0; i < type->members.count; i++) {
        const gen_member *from = gen_member_at(&type->members, i);
        gen_member *to = (gen_member *)gen_new(ctx, sizeof *to);
        *to = *from;
        to->type = mig_moved_type(ctx, from->type, moved);
        gen_list_push(ctx, &out->members, to);
    }
    return out;
}

/* The type with its strings called otherwise; `core` as the reader sets it. */
gen_type *mig_worded_type(gen_ctx *ctx, const gen_type *type,
                          const gen_list *words)
{
    gen_type *out = (gen_type *)gen_new(ctx, sizeof *out);
    size_t i;

    *out = *type;
    memset(&out->arms, 0, sizeof out->arms);
    memset(&out->members, 0, sizeof out->members);
    if (is_word(type) && mig_moved_from(words, type->value) != NULL) {
        out->value = mig_moved_from(words, type->value)->to;
    }
    if (type->elem != NULL) {
        out->elem = mig_worded_type(ctx, type->elem, words);
    }
    for (i = 0; i < type->arms.count; i++) {
        gen_list_push(ctx, &out->arms, mig_worded_type(
            ctx, gen_type_at(&type->arms, i), words));
    }
    for (i = 0; i < type->members.count; i++) {
        const gen_member *from = gen_member_at(&type->members, i);
        gen_member *to = (gen_member *)gen_new(ctx, sizeof *to);
        *to = *from;
        to->type = mig_worded_type(ctx, from->type, words);
        gen_list_push(ctx, &out->members, to);
    }
    return out;
}

/* A literal, or one of some. */
static bool is_scalar(const gen_type *type)
{
    size_t i;

    if (type->kind == GEN_T_LITERAL) return true;
    if (type->kind != GEN_T_UNION) return false;
    for (i = 0; i < type->arms.count; i++) {
        const gen_type *arm = gen_type_at(&type->arms, i);
        if (arm->kind != GEN_T_LITERAL && arm->kind != GEN_T_NONE) {
            return false;
        }
    }
    return true;
}

/* ------------------------------------------------------------- expressions */

static void relink(mig_relink *r, gen_buf *out, const gen_type *type,
                   gen_str value);

/* An IF that is all of a block is worth NONE in SurrealDB 2, unless it stands
 * in parentheses. */
static void add_in_block(mig_relink *r, gen_buf *out, const gen_type *type,
                         gen_str value)
{
    gen_buf made;
    bool is_if;

    gen_buf_init(&made, r->ctx);
    relink(r, &made, type, value);
    is_if = made.len > 3 && memcmp(made.ptr, "IF ", 3) == 0;
    if (is_if) gen_buf_add_char(out, '(');
    gen_buf_add(out, made.ptr, made.len);
    if (is_if) gen_buf_add_char(out, ')');
}

/* A name of its own for the element of each array within the others. */
static gen_str element(mig_relink *r)
{
    gen_buf name;

    gen_buf_init(&name, r->ctx);
    gen_buf_add_fmt(&name, "$e%u", ++r->elements);
    return gen_buf_str(&name);
}

static gen_str joined(mig_relink *r, gen_str a, const char *between,
                      gen_str b)
{
    gen_buf out;

    gen_buf_init(&out, r->ctx);
    gen_buf_add_str(&out, a);
    gen_buf_add_text(&out, between);
    gen_buf_add_str(&out, b);
    return gen_buf_str(&out);
}

void mig_add_is_moved(const mig_relink *r, gen_buf *out, gen_str value,
                      const mig_moved *one)
{
    gen_buf_add_fmt(out, "type::is%srecord(", r->v3 ? "_" : "::");
    gen_buf_add_str(out, value);
    gen_buf_add_text(out, ", ");
    gen_surql_string(out, one->from);
    gen_buf_add_char(out, ')');
}

/* The id with another table and the same key. */
void mig_add_moved_id(const mig_relink *r, gen_buf *out, gen_str value,
                      const mig_moved *one)
{
    gen_buf_add_fmt(out, "type::%s(", r->v3 ? "record" : "thing");
    gen_surql_string(out, one->to);
    gen_buf_add_text(out, ", ");
    gen_buf_add_str(out, value);
    gen_buf_add_char(out, ')');
}

/* IF ... { } ELSE IF ... { } ELSE, and the caller goes on. */
static void add_records(const mig_relink *r, gen_buf *out,
                        const gen_list *names, gen_str value)
{
    size_t i;

    for (i = 0; i < r->moved->count; i++) {
        const mig_moved *one = mig_moved_at(r->moved, i);
        gen_list alone = { NULL, 0, 0 };
        gen_list_push(r->ctx, &alone, (void *)(uintptr_t)one);
        if (!mig_names_moved(names, &alone)) continue;
        gen_buf_add_text(out, "IF ");
        mig_add_is_moved(r, out, value, one);
        gen_buf_add_text(out, " { ");
        mig_add_moved_id(r, out, value, one);
        gen_buf_add_text(out, " } ELSE ");
    }
}

/* The same for a literal. */
static void add_word(const mig_relink *r, gen_buf *out, const gen_type *type,
                     gen_str value)
{
    const mig_moved *one = mig_moved_from(r->words, type->value);

    gen_buf_add_text(out, "IF ");
    gen_buf_add_str(out, value);
    gen_buf_add_text(out, " = ");
    gen_surql_string(out, one->from);
    gen_buf_add_text(out, " { ");
    gen_surql_string(out, one->to);
    gen_buf_add_text(out, " } ELSE ");
}

static void add_same(gen_buf *out, gen_str value)
{
    gen_buf_add_text(out, "{ ");
    gen_buf_add_str(out, value);
    gen_buf_add_text(out, " }");
}

/* A set of SurrealDB 3 has no method map; in version 2 it is an array. */
static void add_array(mig_relink *r, gen_buf *out, const gen_type *type,
                      gen_str value)
{
    bool set = type->kind == GEN_T_SET && r->v3;
    gen_str name = element(r);

    if (set) gen_buf_add_text(out, "set::map(");
    gen_buf_add_str(out, value);
    gen_buf_add_text(out, set ? ", |" : ".map(|");
    gen_buf_add_str(out, name);
    gen_buf_add_text(out, "| ");
    relink(r, out, type->elem, name);
    gen_buf_add_char(out, ')');
}

static void add_tuple(mig_relink *r, gen_buf *out, const gen_type *type,
                      gen_str value)
{
    size_t i;

    gen_buf_add_char(out, '[');
    for (i = 0; i < type->arms.count; i++) {
        gen_buf at;
        gen_buf_init(&at, r->ctx);
        gen_buf_add_str(&at, value);
        gen_buf_add_fmt(&at, "[%zu]", i);
        if (i > 0) gen_buf_add_text(out, ", ");
        relink(r, out, gen_type_at(&type->arms, i), gen_buf_str(&at));
    }
    gen_buf_add_char(out, ']');
}

/* The object with [key, value] put over what it has; `made` is an expression
 * of an array of such pairs. */
static void add_object(gen_buf *out, gen_str value, gen_str made)
{
    gen_buf_add_text(out, "object::from_entries(array::concat("
                     "object::entries(");
    gen_buf_add_str(out, value);
    gen_buf_add_text(out, "), ");
    gen_buf_add_str(out, made);
    gen_buf_add_text(out, "))");
}

static void add_entry(gen_buf *out, gen_str key, gen_str made)
{
    gen_buf_add_text(out, "[[");
    gen_surql_string(out, key);
    gen_buf_add_text(out, ", ");
    gen_buf_add_str(out, made);
    gen_buf_add_text(out, "]]");
}

/* A key that is not there does not come to be. */
static void add_shape(mig_relink *r, gen_buf *out, const gen_type *type,
                      gen_str value)
{
    gen_str all = value;
    size_t i;

    for (i = 0; i < type->members.count; i++) {
        const gen_member *member = gen_member_at(&type->members, i);
        gen_buf at, made, entry, whole;
        if (!has_link(r, member->type)) continue;
        gen_buf_init(&at, r->ctx);
        gen_buf_init(&made, r->ctx);
        gen_buf_init(&entry, r->ctx);
        gen_buf_init(&whole, r->ctx);
        gen_buf_add_str(&at, value);
        gen_buf_add_char(&at, '.');
        gen_surql_name(&at, member->name);
        relink(r, &made, member->type, gen_buf_str(&at));
        gen_buf_add_text(&entry, "IF ");
        gen_buf_add_str(&entry, gen_buf_str(&at));
        gen_buf_add_text(&entry, " = NONE { [] } ELSE { ");
        add_entry(&entry, member->name, gen_buf_str(&made));
        gen_buf_add_text(&entry, " }");
        add_object(&whole, all, gen_buf_str(&entry));
        all = gen_buf_str(&whole);
    }
    gen_buf_add_str(out, all);
}

/* What kind a value of a union is, is asked when it is there. */
static void add_union(mig_relink *r, gen_buf *out, const gen_type *type,
                      gen_str value)
{
    size_t i;

    for (i = 0; i < type->arms.count; i++) {
        const gen_type *arm = gen_type_at(&type->arms, i);
        const char *is = NULL;
        if (!has_link(r, arm)) continue;
        switch (arm->kind) {
        case GEN_T_RECORD:
            add_records(r, out, &arm->names, value);
            continue;
        case GEN_T_LITERAL:
            add_word(r, out, arm, value);
            continue;
        case GEN_T_SHAPE: is = "object"; break;
        case GEN_T_SET: is = r->v3 ? "set" : "array"; break;
        default: is = "array"; break;
        }
        gen_buf_add_fmt(out, "IF type::is%s%s(", r->v3 ? "_" : "::", is);
        gen_buf_add_str(out, value);
        gen_buf_add_text(out, ") { ");
        add_in_block(r, out, arm, value);
        gen_buf_add_text(out, " } ELSE ");
    }
    add_same(out, value);
}

static void relink(mig_relink *r, gen_buf *out, const gen_type *type,
                   gen_str value)
{
    if (!has_link(r, type)) {
        gen_buf_add_str(out, value);
        return;
    }
    switch (type->kind) {
    case GEN_T_RECORD:
        add_records(r, out, &type->names, value);
        add_same(out, value);
        break;
    case GEN_T_LITERAL:
        add_word(r, out, type, value);
        add_same(out, value);
        break;
    case GEN_T_OPTION:
        if (type->elem->kind == GEN_T_RECORD || is_scalar(type->elem)) {
            relink(r, out, type->elem, value);
            break;
        }
        gen_buf_add_text(out, "IF ");
        gen_buf_add_str(out, value);
        gen_buf_add_text(out, " = NONE { NONE } ELSE { ");
        add_in_block(r, out, type->elem, value);
        gen_buf_add_text(out, " }");
        break;
    case GEN_T_ARRAY:
    case GEN_T_SET:
        add_array(r, out, type, value);
        break;
    case GEN_T_TUPLE:
        add_tuple(r, out, type, value);
        break;
    case GEN_T_SHAPE:
        add_shape(r, out, type, value);
        break;
    default:
        add_union(r, out, type, value);
        break;
    }
}

/* ------------------------------------------------------------------- paths */

/* Where the part of a path that begins at `from` ends; *key is its name. */
static size_t part_end(gen_ctx *ctx, gen_str path, size_t from, gen_str *key)
{
    bool quoted = from < path.len && path.ptr[from] == '`';
    size_t i;

    for (i = from + quoted; i < path.len; i++) {
        if (quoted ? path.ptr[i] == '`' : path.ptr[i] == '.') break;
    }
    if (quoted && i < path.len) i++;
    *key = gen_str_sub(path, from, i);
    if (quoted) *key = gen_unquote(ctx, *key);
    return i;
}

/* The value at `path` under `value`, made anew from there on: an array is gone
 * through, an object gets the key again. The path has as many parts as its
 * column, which the reader bounds. */
static void relink_at(mig_relink *r, gen_buf *out, gen_str value,
                      gen_str path, const gen_type *type)
{
    gen_str key, name, at, rest;
    gen_buf made, entry;
    size_t end;

    if (path.len == 0) {
        relink(r, out, type, value);
        return;
    }
    end = part_end(r->ctx, path, 0, &key);
    rest = gen_str_sub(path, end < path.len ? end + 1 : end, path.len);
    gen_buf_init(&made, r->ctx);
    if (gen_str_is(key, "*")) {
        name = element(r);
        relink_at(r, &made, name, rest, type);
        gen_buf_add_text(out, "IF ");
        gen_buf_add_str(out, value);
        gen_buf_add_text(out, " = NONE { NONE } ELSE { ");
        gen_buf_add_str(out, value);
        gen_buf_add_text(out, ".map(|");
        gen_buf_add_str(out, name);
        gen_buf_add_text(out, "| ");
        gen_buf_add_str(out, gen_buf_str(&made));
        gen_buf_add_text(out, ") }");
        return;
    }
    gen_buf_init(&entry, r->ctx);
    at = joined(r, value, ".", gen_str_sub(path, 0, end));
    relink_at(r, &made, at, rest, type);
    add_entry(&entry, key, gen_buf_str(&made));
    gen_buf_add_text(out, "IF ");
    gen_buf_add_str(out, at);
    gen_buf_add_text(out, " = NONE { ");
    gen_buf_add_str(out, value);
    gen_buf_add_text(out, " } ELSE { ");
    add_object(out, value, gen_buf_str(&entry));
    gen_buf_add_text(out, " }");
}

/* The column's part before the first array, or all of it. */
static gen_str head_of(gen_str path)
{
    size_t i;

    for (i = 1; i + 1 < path.len; i++) {
        if (path.ptr[i] == '.' && path.ptr[i + 1] == '*'
            && (i + 2 == path.len || path.ptr[i + 2] == '.')) {
            return gen_str_sub(path, 0, i);
        }
    }
    return path;
}

void mig_add_relinked(mig_relink *r, gen_buf *out, gen_str path,
                      const gen_type *type)
{
    gen_str head = head_of(path);
    gen_str rest = gen_str_sub(path, head.len < path.len ? head.len + 1
                               : head.len, path.len);

    r->elements = 0;
    gen_buf_add_str(out, head);
    gen_buf_add_text(out, " = ");
    if (rest.len > 0) {
        relink_at(r, out, head, rest, type);
    } else if (type->kind == GEN_T_ARRAY || type->kind == GEN_T_SET
               || type->kind == GEN_T_TUPLE || type->kind == GEN_T_SHAPE) {
        /* There may be rows of before the column was required. */
        relink(r, out, mig_option_of(r->ctx, (gen_type *)(uintptr_t)type),
               head);
    } else {
        relink(r, out, type, head);
    }
}

/* Rows the column of which may hold one. */
void mig_add_has_link(const mig_relink *r, gen_buf *out, gen_str path,
                      const gen_type *type)
{
    gen_str head = head_of(path);
    const gen_type *core = type->kind == GEN_T_OPTION ? type->elem : type;
    bool any = false;
    size_t i;

    if (r->words != NULL && is_scalar(core) && head.len == path.len) {
        for (i = 0; i < r->words->count; i++) {
            if (i > 0) gen_buf_add_text(out, " OR ");
            gen_buf_add_str(out, path);
            gen_buf_add_text(out, " = ");
            gen_surql_string(out, mig_moved_at(r->words, i)->from);
        }
        return;
    }
    if (core->kind != GEN_T_RECORD || head.len < path.len) {
        gen_buf_add_str(out, head);
        gen_buf_add_text(out, " != NONE");
        return;
    }
    for (i = 0; i < r->moved->count; i++) {
        const mig_moved *one = mig_moved_at(r->moved, i);
        gen_list alone = { NULL, 0, 0 };
        gen_list_push(r->ctx, &alone, (void *)(uintptr_t)one);
        if (!mig_names_moved(&core->names, &alone)) continue;
        if (any) gen_buf_add_text(out, " OR ");
        any = true;
        mig_add_is_moved(r, out, path, one);
    }
}

void mig_add_relink_value(mig_relink *r, gen_buf *out, gen_str value,
                          const gen_type *type)
{
    r->elements = 0;
    relink(r, out, type, value);
}
