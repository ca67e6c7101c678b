/* surrealgen/schema/mixin.c: `use` puts a mixin's members into a table.
 *
 * Done before the trees are built, on what the parser left: every table gets
 * nodes of its own, as if the members were written where the `use` is. Their
 * positions stay those of the mixin, so a mistake in it is told once. */
#include "front.h"

#include <string.h>

static gen_type *copy_type(gen_ctx *ctx, const gen_type *type)
{
    gen_type *copy = (gen_type *)gen_new(ctx, sizeof *copy);
    size_t i;

    *copy = *type;
    copy->core = copy;
    if (type->elem != NULL) copy->elem = copy_type(ctx, type->elem);
    memset(&copy->arms, 0, sizeof copy->arms);
    for (i = 0; i < type->arms.count; i++) {
        gen_list_push(ctx, &copy->arms,
                      copy_type(ctx, gen_type_at(&type->arms, i)));
    }
    memset(&copy->members, 0, sizeof copy->members);
    for (i = 0; i < type->members.count; i++) {
        gen_member *member = (gen_member *)gen_new(ctx, sizeof *member);
        *member = *gen_member_at(&type->members, i);
        member->type = copy_type(ctx, member->type);
        gen_list_push(ctx, &copy->members, member);
    }
    return copy;
}

static gen_field *copy_field(gen_ctx *ctx, const gen_field *field)
{
    gen_field *copy = (gen_field *)gen_new(ctx, sizeof *copy);
    size_t i;

    *copy = *field;
    copy->type = copy_type(ctx, field->type);
    memset(&copy->children, 0, sizeof copy->children);
    for (i = 0; i < field->children.count; i++) {
        gen_list_push(ctx, &copy->children,
                      copy_field(ctx, gen_field_at(&field->children, i)));
    }
    return copy;
}

static void no_mixin(gen_ctx *ctx, const gen_name *name)
{
    gen_guess guess;
    gen_diag *diag;
    size_t i;

    diag = gen_error(ctx, SG1234, name->pos, "there is no mixin called `%s`",
                     gen_clip(ctx, name->text));
    if (diag->muted) return;
    gen_guess_start(&guess, name->text);
    for (i = 0; i < ctx->schema.mixins.count; i++) {
        gen_guess_try(&guess, gen_mixin_at(&ctx->schema.mixins, i)->name);
    }
    if (guess.best.len > 0) {
        gen_hint(ctx, diag, "did you mean `%s`?", gen_clip(ctx, guess.best));
    }
}

static void add_fields(gen_ctx *ctx, const gen_mixin *mixin, gen_list *to)
{
    size_t i;

    for (i = 0; i < mixin->fields.count; i++) {
        gen_list_push(ctx, to,
                      copy_field(ctx, gen_field_at(&mixin->fields, i)));
    }
}

static void add_indexes(gen_ctx *ctx, const gen_mixin *mixin,
                        gen_table *table, gen_list *to)
{
    size_t i;

    for (i = 0; i < mixin->indexes.count; i++) {
        gen_index *copy = (gen_index *)gen_new(ctx, sizeof *copy);
        *copy = *gen_index_at(&mixin->indexes, i);
        copy->table = table;
        gen_list_push(ctx, to, copy);
    }
}

static void add_events(gen_ctx *ctx, const gen_mixin *mixin,
                       gen_table *table, gen_list *to)
{
    size_t i;

    for (i = 0; i < mixin->events.count; i++) {
        gen_event *copy = (gen_event *)gen_new(ctx, sizeof *copy);
        *copy = *gen_event_at(&mixin->events, i);
        copy->table = table;
        gen_list_push(ctx, to, copy);
    }
}

/* Moves what was written before `upto`. */
static void move_until(gen_ctx *ctx, const gen_list *from, size_t *at,
                       size_t upto, gen_list *to)
{
    for (; *at < upto && *at < from->count; (*at)++) {
        gen_list_push(ctx, to, from->at[*at]);
    }
}

/* A small file can ask for very many copies. */
enum { MIXED_MAX = 4 * GEN_MAX_FIELDS, MIXED_TOTAL = 200000 };

static void expand(gen_ctx *ctx, gen_table *table)
{
    gen_list fields = { NULL, 0, 0 };
    gen_list indexes = { NULL, 0, 0 };
    gen_list events = { NULL, 0, 0 };
    size_t field_at = 0;
    size_t index_at = 0;
    size_t event_at = 0;
    size_t i;

    for (i = 0; i < table->uses.count; i++) {
        const gen_use *use = (const gen_use *)table->uses.at[i];
        const gen_mixin *mixin = (const gen_mixin *)gen_map_get(ctx, NULL,
                                 GEN_KEY_MIXIN, use->name.text);
        if (mixin == NULL) {
            no_mixin(ctx, &use->name);
            table->bad = true; /* columns may be missing: not told again */
            continue;
        }
        table->bad = table->bad || mixin->bad;
        if (fields.count + mixin->fields.count > MIXED_MAX) {
            gen_error(ctx, SG1012, use->name.pos, "the table `%s` comes to "
                      "more than %u columns", gen_clip(ctx, table->name),
                      GEN_MAX_FIELDS);
            break;
        }
        ctx->mixed += mixin->fields.count + mixin->indexes.count
            + mixin->events.count;
        if (ctx->mixed > MIXED_TOTAL) {
            gen_error(ctx, SG1012, use->name.pos, "mixins come to more than "
                      "%d members in all", MIXED_TOTAL);
            break;
        }
        move_until(ctx, &table->fields, &field_at, use->fields, &fields);
        add_fields(ctx, mixin, &fields);
        move_until(ctx, &table->indexes, &index_at, use->indexes, &indexes);
        add_indexes(ctx, mixin, table, &indexes);
        move_until(ctx, &table->events, &event_at, use->events, &events);
        add_events(ctx, mixin, table, &events);
    }
    move_until(ctx, &table->fields, &field_at, SIZE_MAX, &fields);
    move_until(ctx, &table->indexes, &index_at, SIZE_MAX, &indexes);
    move_until(ctx, &table->events, &event_at, SIZE_MAX, &events);
    table->fields = fields;
    table->indexes = indexes;
    table->events = events;
}

void gen_expand_mixins(gen_ctx *ctx)
{
    size_t i;

    for (i = 0; i < ctx->schema.mixins.count; i++) {
        gen_mixin *mixin = gen_mixin_at(&ctx->schema.mixins, i);
        gen_mixin *old = (gen_mixin *)gen_map_get(ctx, NULL, GEN_KEY_MIXIN,
                                                  mixin->name);
        if (old != NULL) {
            gen_told_twice(ctx, SG1233, mixin->pos, old->pos, "the mixin",
                           mixin->name);
            continue;
        }
        gen_map_set(ctx, NULL, GEN_KEY_MIXIN, mixin->name, mixin);
    }
    for (i = 0; i < ctx->schema.items.count; i++) {
        gen_item *item = gen_item_at(&ctx->schema.items, i);
        gen_table *table = (gen_table *)item->of;
        if (item->kind == GEN_ITEM_TABLE && table->uses.count > 0
            && ctx->mixed <= MIXED_TOTAL) {
            expand(ctx, table);
        }
    }
}
