/* surrealgen/migrate/variant.c: variants of enums that have another name.
 *
 * The database knows a variant by its string alone, and a column by the
 * strings it may hold. So @was(old) at a variant is about every column that
 * could hold `old` and can hold all of the enum now. */
#include "plan.h"

#include <string.h>

static void add_words(gen_ctx *ctx, const gen_type *type, gen_list *out)
{
    size_t i;

    if (type->kind == GEN_T_LITERAL && type->literal_kind == GEN_L_STRING) {
        mig_add_name(ctx, out, type->value);
    }
    if (type->elem != NULL) add_words(ctx, type->elem, out);
    for (i = 0; i < type->arms.count; i++) {
        add_words(ctx, gen_type_at(&type->arms, i), out);
    }
    for (i = 0; i < type->members.count; i++) {
        add_words(ctx, gen_member_at(&type->members, i)->type, out);
    }
}

static bool has(const gen_list *words, gen_str word)
{
    size_t i;

    for (i = 0; i < words->count; i++) {
        if (gen_str_eq(gen_name_at(words, i)->text, word)) return true;
    }
    return false;
}

/* The strings of a column before and after. */
typedef struct sides {
    gen_list before, after;
} sides;

static bool read_sides(gen_ctx *ctx, const mig_change *change, sides *out)
{
    memset(out, 0, sizeof *out);
    if (change->op != MIG_CHANGE || (change->what & MIG_TYPE) == 0
        || mig_field_of(change->before) == NULL
        || mig_field_of(change->after) == NULL) {
        return false;
    }
    add_words(ctx, mig_field_of(change->before)->type, &out->before);
    add_words(ctx, mig_field_of(change->after)->type, &out->after);
    return out->before.count > 0 && out->after.count > 0;
}

static bool holds(const sides *of, const gen_enum *e)
{
    size_t i;

    for (i = 0; i < e->variants.count; i++) {
        if (!has(&of->after, gen_variant_at(&e->variants, i)->value)) {
            return false;
        }
    }
    return !e->is_int;
}

static bool went(const sides *of, gen_str word)
{
    return has(&of->before, word) && !has(&of->after, word);
}

static bool came(const sides *of, const gen_variant *v)
{
    return !has(&of->before, v->value);
}

static void match(gen_ctx *ctx, mig_change *change, const sides *of,
                  const gen_enum *e)
{
    size_t i;

    for (i = 0; i < e->variants.count; i++) {
        const gen_variant *v = gen_variant_at(&e->variants, i);
        mig_moved *one;
        if (v->attrs.was.len == 0 || !went(of, v->attrs.was)
            || mig_moved_from(&change->words, v->attrs.was) != NULL) {
            continue;
        }
        one = (mig_moved *)gen_new(ctx, sizeof *one);
        one->from = v->attrs.was;
        one->to = v->value;
        gen_list_push(ctx, &change->words, one);
    }
}

void mig_match_words(gen_ctx *ctx, const gen_schema *program,
                     gen_list *changes)
{
    size_t i, k;

    for (i = 0; i < changes->count; i++) {
        mig_change *change = mig_change_at(changes, i);
        sides of;
        if (!read_sides(ctx, change, &of)) continue;
        for (k = 0; k < program->enums.count; k++) {
            const gen_enum *e = gen_enum_at(&program->enums, k);
            if (holds(&of, e)) match(ctx, change, &of, e);
        }
    }
}

/* ------------------------------------------------------------- candidates */

static bool is_asked(const gen_list *pairs, const gen_variant *v)
{
    size_t i;

    for (i = 0; i < pairs->count; i++) {
        if (((const mig_pair *)pairs->at[i])->variant == v) return true;
    }
    return false;
}

/* The one string that went and nobody has said anything about. */
static bool lone_word(const mig_change *change, const sides *of,
                      gen_str *out)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < of->before.count; i++) {
        gen_str word = gen_name_at(&of->before, i)->text;
        if (!went(of, word) || mig_moved_from(&change->words, word) != NULL) {
            continue;
        }
        *out = word;
        count++;
    }
    return count == 1;
}

static gen_variant *lone_variant(const sides *of, const gen_enum *e)
{
    gen_variant *found = NULL;
    size_t i;

    for (i = 0; i < e->variants.count; i++) {
        gen_variant *v = gen_variant_at(&e->variants, i);
        if (!came(of, v) || v->attrs.is_new
            || (v->attrs.was.len > 0 && went(of, v->attrs.was))) {
            continue;
        }
        if (found != NULL) return NULL;
        found = v;
    }
    return found;
}

void mig_find_words(gen_ctx *ctx, const gen_schema *program,
                    gen_list *changes, gen_list *out)
{
    size_t i, k;

    for (i = 0; i < changes->count; i++) {
        mig_change *change = mig_change_at(changes, i);
        gen_str word;
        sides of;
        if (!read_sides(ctx, change, &of) || !lone_word(change, &of, &word)) {
            continue;
        }
        for (k = 0; k < program->enums.count; k++) {
            const gen_enum *e = gen_enum_at(&program->enums, k);
            gen_variant *v = holds(&of, e) ? lone_variant(&of, e) : NULL;
            mig_pair *pair;
            if (v == NULL || is_asked(out, v)) continue;
            pair = (mig_pair *)gen_new(ctx, sizeof *pair);
            pair->gone = pair->came = change;
            pair->of = e;
            pair->variant = v;
            pair->word = word;
            pair->far = mig_distance(word, v->value);
            gen_list_push(ctx, out, pair);
        }
    }
}
