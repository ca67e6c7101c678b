/* surrealgen/migrate/diff.c: what is different between two states, typed.
 *
 * Both are sorted by key, so one pass finds what came, what went and whose
 * text is another one. Only those texts are parsed. */
#include "plan.h"

#include <string.h>

mig_change *mig_change_at(const gen_list *list, size_t i)
{
    return (mig_change *)list->at[i];
}

const gen_field *mig_field_of(const mig_def *def)
{
    if (def == NULL || def->item == NULL
        || def->item->kind != GEN_ITEM_FIELD) {
        return NULL;
    }
    return (const gen_field *)def->item->of;
}

const gen_table *mig_table_of(const mig_def *def)
{
    if (def == NULL || def->item == NULL
        || def->item->kind != GEN_ITEM_TABLE) {
        return NULL;
    }
    return (const gen_table *)def->item->of;
}

const gen_index *mig_index_of(const mig_def *def)
{
    if (def == NULL || def->item == NULL
        || def->item->kind != GEN_ITEM_INDEX) {
        return NULL;
    }
    return (const gen_index *)def->item->of;
}

/* ------------------------------------------------------------------ fields */

static bool same_clause(const gen_clause *a, const gen_clause *b)
{
    return a->present == b->present
        && (!a->present || gen_str_eq(a->text, b->text));
}

static bool same_perms(const gen_perms *a, const gen_perms *b)
{
    size_t i;

    if (a->kind != b->kind || a->rules.count != b->rules.count) return false;
    for (i = 0; i < a->rules.count; i++) {
        const gen_perm_rule *one = gen_perm_rule_at(&a->rules, i);
        const gen_perm_rule *two = gen_perm_rule_at(&b->rules, i);
        if (one->ops != two->ops || one->kind != two->kind
            || !same_clause(&one->where, &two->where)) {
            return false;
        }
    }
    return true;
}

static void diff_types(gen_ctx *ctx, mig_change *change, const gen_field *a,
                       const gen_field *b)
{
    bool wider = mig_type_within(a->type, b->type);
    bool narrower = mig_type_within(b->type, a->type);
    mig_cast cast;
    mig_cast back;

    /* An object that is not FLEXIBLE holds its columns and nothing else. */
    if (a->flexible && !b->flexible) wider = false;
    if (!a->flexible && b->flexible) narrower = false;
    if (wider && narrower) return;
    change->what |= MIG_TYPE;
    if (wider) {
        change->what |= MIG_WIDER;
        return;
    }
    change->what |= MIG_NARROWER;
    if (narrower) return;
    cast = mig_cast_of(ctx, a->type, b->type);
    if (cast.text == NULL) return;
    back = mig_cast_of(ctx, b->type, a->type);
    change->what |= MIG_CAST;
    change->cast = gen_str_lit(cast.text);
    if (back.text != NULL && !back.loses) {
        change->cast_back = gen_str_lit(back.text);
    }
}

static void diff_field(gen_ctx *ctx, mig_change *change, const gen_field *a,
                       const gen_field *b)
{
    diff_types(ctx, change, a, b);
    if (!same_clause(&a->assert_, &b->assert_)) change->what |= MIG_ASSERT;
    if (!same_clause(&a->default_, &b->default_)
        || a->default_always != b->default_always) {
        change->what |= MIG_DEFAULT;
    }
    if (!same_clause(&a->value, &b->value)
        || !same_clause(&a->computed, &b->computed)) {
        change->what |= MIG_VALUE;
    }
    if (a->readonly != b->readonly) change->what |= MIG_READONLY;
    if (!same_perms(&a->perms, &b->perms)) change->what |= MIG_PERMS;
    if (a->reference != b->reference || a->on_delete != b->on_delete
        || !same_clause(&a->delete_then, &b->delete_then)) {
        change->what |= MIG_REFERENCE;
    }
}

/* ------------------------------------------------------------------ tables */

static void diff_ends(mig_change *change, const gen_table *a,
                      const gen_table *b)
{
    bool wider = mig_names_within(&a->from, &b->from)
        && mig_names_within(&a->to, &b->to) && (a->enforced || !b->enforced);
    bool narrower = mig_names_within(&b->from, &a->from)
        && mig_names_within(&b->to, &a->to) && (b->enforced || !a->enforced);

    if (wider && narrower) return;
    change->what |= MIG_EDGE;
    if (!wider) change->what |= MIG_NARROWER;
    if (wider) change->what |= MIG_WIDER;
}

static void diff_table(mig_change *change, const gen_table *a,
                       const gen_table *b)
{
    if (a->kind != b->kind) change->what |= MIG_KIND;
    if (a->kind == GEN_TABLE_RELATION && b->kind == GEN_TABLE_RELATION) {
        diff_ends(change, a, b);
    }
    if (!a->schemafull && b->schemafull) change->what |= MIG_FULL;
    if (a->schemafull && !b->schemafull) change->what |= MIG_LESS;
    if (!same_clause(&a->view, &b->view)) change->what |= MIG_VIEW;
    if (!same_perms(&a->perms, &b->perms)) change->what |= MIG_PERMS;
}

/* --------------------------------------------------------------- two lists */

static bool same_text(gen_ctx *ctx, const mig_def *a, const mig_def *b)
{
    if (gen_str_eq(a->text, b->text)) return true;
    return gen_str_eq(mig_checksum(ctx, a->text), mig_checksum(ctx, b->text));
}

static mig_change *add_change(gen_ctx *ctx, gen_list *out, mig_op op,
                              const mig_def *before, const mig_def *after)
{
    mig_change *change = (mig_change *)gen_new(ctx, sizeof *change);

    change->op = op;
    change->before = before;
    change->after = after;
    change->cast = change->cast_back = gen_str_lit("");
    gen_list_push(ctx, out, change);
    return change;
}

static int compare_keys(gen_str a, gen_str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len > 0 ? memcmp(a.ptr, b.ptr, len) : 0;

    if (order != 0) return order;
    return a.len < b.len ? -1 : a.len > b.len;
}

static void find_changes(gen_ctx *ctx, const mig_state *before,
                         const mig_state *after, gen_list *out)
{
    size_t i = 0;
    size_t k = 0;

    while (i < before->defs.count || k < after->defs.count) {
        const mig_def *a = i < before->defs.count
            ? mig_def_at(&before->defs, i) : NULL;
        const mig_def *b = k < after->defs.count
            ? mig_def_at(&after->defs, k) : NULL;
        int order = a == NULL ? 1 : b == NULL ? -1
            : compare_keys(a->key, b->key);
        if (order < 0) {
            add_change(ctx, out, MIG_REMOVE, a, NULL);
            i++;
        } else if (order > 0) {
            add_change(ctx, out, MIG_ADD, NULL, b);
            k++;
        } else {
            if (!same_text(ctx, a, b)) {
                add_change(ctx, out, MIG_CHANGE, a, b);
            }
            i++;
            k++;
        }
    }
}

/* ---------------------------------------------------------------- together */

/* A column of a table that comes or goes is no change of its own. */
static bool is_part(const gen_list *changes, const mig_change *change)
{
    const mig_def *def = change->before != NULL ? change->before
        : change->after;
    size_t i;

    if (def->table_spelled.len == 0 || change->op == MIG_CHANGE) return false;
    for (i = 0; i < changes->count; i++) {
        const mig_change *other = mig_change_at(changes, i);
        const mig_def *table = other->before != NULL ? other->before
            : other->after;
        if (other->op == change->op
            && (table->kind == DB_TABLE || table->kind == DB_VIEW)
            && gen_str_eq(table->spelled, def->table_spelled)) {
            return true;
        }
    }
    return false;
}

/* Tables that come or go are few beside columns, which stand together by
 * table: the tables are looked through once for the columns of each. */
static void drop_parts(gen_ctx *ctx, gen_list *changes)
{
    gen_list tables = { NULL, 0, 0 };
    const mig_def *last = NULL;
    mig_op op = MIG_ADD;
    bool part = false;
    size_t kept = 0;
    size_t i;

    for (i = 0; i < changes->count; i++) {
        const mig_change *change = mig_change_at(changes, i);
        const mig_def *def = change->before != NULL ? change->before
            : change->after;
        if (change->op == MIG_CHANGE) continue;
        if (def->kind == DB_TABLE || def->kind == DB_VIEW) {
            gen_list_push(ctx, &tables, changes->at[i]);
        }
    }
    for (i = 0; tables.count > 0 && i < changes->count; i++) {
        const mig_change *change = mig_change_at(changes, i);
        const mig_def *def = change->before != NULL ? change->before
            : change->after;
        if (last == NULL || op != change->op
            || !gen_str_eq(last->table_spelled, def->table_spelled)) {
            part = is_part(&tables, change);
        }
        last = def;
        op = change->op;
        if (!part) changes->at[kept++] = changes->at[i];
    }
    if (tables.count > 0) changes->count = kept;
}

static bool parse_sides(gen_ctx *ctx, const mig_state *before,
                        const mig_state *after, const gen_list *changes)
{
    gen_list old = { NULL, 0, 0 };
    gen_list now = { NULL, 0, 0 };
    size_t i;

    for (i = 0; i < changes->count; i++) {
        const mig_change *change = mig_change_at(changes, i);
        if (change->before != NULL) {
            gen_list_push(ctx, &old, (void *)(uintptr_t)change->before);
        }
        if (change->after != NULL) {
            gen_list_push(ctx, &now, (void *)(uintptr_t)change->after);
        }
    }
    return mig_parse(ctx, before->target, &old)
        && mig_parse(ctx, after->target, &now);
}

void mig_classify(gen_ctx *ctx, mig_change *change)
{
    const mig_def *a = change->before;
    const mig_def *b = change->after;

    change->what = 0;
    if (mig_field_of(a) != NULL && mig_field_of(b) != NULL) {
        diff_field(ctx, change, mig_field_of(a), mig_field_of(b));
    } else if (mig_table_of(a) != NULL && mig_table_of(b) != NULL) {
        diff_table(change, mig_table_of(a), mig_table_of(b));
    }
    if (change->what == 0) change->what = MIG_OTHER;
}

bool mig_diff(gen_ctx *ctx, mig_state *before, mig_state *after,
              gen_list *out)
{
    size_t i;

    memset(out, 0, sizeof *out);
    find_changes(ctx, before, after, out);
    drop_parts(ctx, out);
    if (!parse_sides(ctx, before, after, out)) return false;
    for (i = 0; i < out->count; i++) {
        mig_change *change = mig_change_at(out, i);
        if (change->op == MIG_CHANGE) mig_classify(ctx, change);
    }
    return true;
}

/* ----------------------------------------------------------------- as text */

/* "post.slug", "post", "fn::a": what a person calls it. */
void mig_add_title(gen_buf *out, const mig_def *def)
{
    if (def->table_spelled.len > 0) {
        gen_buf_add_str(out, def->table_spelled);
        gen_buf_add_char(out, '.');
    }
    gen_buf_add_str(out, def->spelled);
}

static void add_type(gen_buf *out, const mig_def *def)
{
    const gen_field *field = mig_field_of(def);

    if (field != NULL) gen_surql_type(out, field->type);
}

typedef struct bit_row {
    unsigned bit;
    const char *word;
} bit_row;

static const bit_row bits[] = {
    { MIG_ASSERT, "assert" }, { MIG_DEFAULT, "default" },
    { MIG_VALUE, "value" }, { MIG_READONLY, "readonly" },
    { MIG_PERMS, "permissions" }, { MIG_REFERENCE, "reference" },
    { MIG_FULL, "schemafull" }, { MIG_LESS, "schemaless" },
    { MIG_VIEW, "view" }, { MIG_EDGE, "ends" }, { MIG_KIND, "type" },
    { 0, NULL }
};

/* Which clauses differ: "default, permissions". */
void mig_add_what(gen_buf *out, unsigned what)
{
    const bit_row *row;
    bool any = false;

    for (row = bits; row->word != NULL; row++) {
        if ((what & row->bit) == 0) continue;
        if (any) gen_buf_add_text(out, ", ");
        any = true;
        gen_buf_add_text(out, row->word);
    }
}

static void print_change(const mig_change *change, gen_buf *out)
{
    static const char marks[] = { '+', '-', '~', '>' };
    const mig_def *def = change->after != NULL ? change->after
        : change->before;
    size_t from = out->len;

    gen_buf_add_fmt(out, "%c %s ", marks[change->op],
                    mig_kind_word(def->kind));
    mig_add_title(out, def);
    while (out->len - from < 26) gen_buf_add_char(out, ' ');
    if (change->op == MIG_RENAME) {
        gen_buf_add_text(out, "  was ");
        gen_buf_add_str(out, change->before->spelled);
    }
    if (change->op == MIG_ADD || change->op == MIG_REMOVE) {
        if (mig_field_of(def) != NULL) gen_buf_add_text(out, "  ");
        add_type(out, def);
    }
    if ((change->what & MIG_TYPE) != 0) {
        gen_buf_add_text(out, "  ");
        add_type(out, change->before);
        gen_buf_add_text(out, "  ->  ");
        add_type(out, change->after);
    }
    if ((change->what & ~(unsigned)(MIG_TYPE | MIG_WIDER | MIG_NARROWER
                                    | MIG_CAST | MIG_OTHER)) != 0) {
        gen_buf_add_text(out, "  ");
        mig_add_what(out, change->what);
    }
    while (out->len > from && out->ptr[out->len - 1] == ' ') {
        out->ptr[--out->len] = 0;
    }
    gen_buf_add_char(out, '\n');
}

void mig_print_changes(const gen_list *changes, gen_buf *out)
{
    size_t i;

    for (i = 0; i < changes->count; i++) {
        print_change(mig_change_at(changes, i), out);
    }
}
