/* surrealgen/migrate/run.c: a chain as surreal_migrate() takes it. */
#include "migrate.h"

#include <string.h>

static const char *or_null(gen_str text)
{
    return text.len > 0 ? text.ptr : NULL;
}

/* "post, `old user`". */
static const char *tables_of(gen_ctx *ctx, const gen_list *names)
{
    gen_buf out;
    size_t i;

    if (names->count == 0) return NULL;
    gen_buf_init(&out, ctx);
    for (i = 0; i < names->count; i++) {
        if (i > 0) gen_buf_add_text(&out, ", ");
        gen_surql_name(&out, gen_name_at(names, i)->text);
    }
    return out.ptr;
}

static const surreal_migration_step *steps_of(gen_ctx *ctx,
                                              const gen_list *steps)
{
    surreal_migration_step *out;
    size_t i;

    if (steps->count == 0) return NULL;
    out = (surreal_migration_step *)gen_new(ctx, steps->count * sizeof *out);
    for (i = 0; i < steps->count; i++) {
        const mig_step *step = mig_step_at(steps, i);
        out[i].kind = step->kind;
        out[i].text = step->text.ptr;
        out[i].len = step->text.len;
        out[i].table = or_null(step->table);
        out[i].index = or_null(step->index);
        out[i].where = or_null(step->where);
        out[i].touch = tables_of(ctx, &step->touch);
        out[i].checksum = step->checksum.ptr;
        out[i].line = step->text_line;
        out[i].batch = step->batch;
        out[i].is_quiet = step->quiet;
    }
    return out;
}

static const char *const *names_of(gen_ctx *ctx, const gen_list *names)
{
    const char **out;
    size_t i;

    if (names->count == 0) return NULL;
    out = (const char **)gen_new(ctx, names->count * sizeof *out);
    for (i = 0; i < names->count; i++) {
        out[i] = gen_name_at(names, i)->text.ptr;
    }
    return out;
}

surreal_migrations mig_runnable(gen_ctx *ctx, const mig_chain *chain,
                                gen_version target)
{
    size_t count = chain->all.count;
    surreal_migration *all =
        (surreal_migration *)gen_new(ctx, (count + 1) * sizeof *all);
    surreal_migrations out;
    size_t i;

    for (i = 0; i < count; i++) {
        const mig_migration *m = mig_at(&chain->all, i);
        all[i].id = m->id.ptr;
        all[i].parent = or_null(m->parent);
        all[i].checksum = m->checksum.ptr;
        all[i].schema_hash = m->schema_hash.ptr;
        all[i].replaces = names_of(ctx, &m->replaces);
        all[i].replaces_count = m->replaces.count;
        all[i].up = steps_of(ctx, &m->up.steps);
        all[i].up_count = m->up.steps.count;
        all[i].down = steps_of(ctx, &m->down.steps);
        all[i].down_count = m->down.steps.count;
        all[i].down_class = (surreal_down_class)m->down_class;
    }
    memset(&out, 0, sizeof out);
    out.at = all;
    out.count = count;
    out.major = target.major;
    return out;
}
