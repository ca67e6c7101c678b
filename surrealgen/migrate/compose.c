/* surrealgen/migrate/compose.c: a migration from one state to another, for
 * the verbs that write one without being asked what changed. */
#include "../schema/front.h"
#include "drift.h"
#include "files.h"

#include <string.h>

int mig_state_after(gen_ctx *ctx, const mig_migration *m, gen_version target,
                    mig_state *out)
{
    gen_str none = { "", 0 };
    gen_buf name;

    gen_buf_init(&name, ctx);
    if (m != NULL) gen_buf_add_fmt(&name, "%s/schema.snap", m->dir.ptr);
    return mig_state_of_text(ctx, target, gen_buf_str(&name).ptr,
                             m != NULL ? m->snapshot : none, out);
}

int mig_states_around(const mig_chain *chain, const mig_migration *one,
                      mig_state *before, mig_state *after)
{
    gen_version target = mig_target(one);
    int rc = mig_state_after(chain->ctx, mig_find_id(chain, one->parent),
                             target, before);

    return rc == CLI_FINE ? mig_state_after(chain->ctx, one, target, after)
        : rc;
}

void mig_set_head(gen_ctx *ctx, const mig_migration *parent,
                  const mig_state *after, mig_files *out)
{
    gen_buf target;
    gen_buf snapshot;

    gen_buf_init(&target, ctx);
    gen_buf_add_fmt(&target, "%d.%d", after->target.major,
                    after->target.minor);
    out->target = gen_buf_str(&target);
    out->parent = out->parent_hash = gen_str_lit("");
    if (parent != NULL) {
        out->parent = parent->id;
        out->parent_hash = mig_short_hash(ctx, parent->checksum);
    }
    gen_buf_init(&snapshot, ctx);
    mig_print_snapshot(after, &snapshot);
    out->snapshot = gen_buf_str(&snapshot);
}

int mig_compose(gen_ctx *ctx, const mig_migration *parent, mig_state *before,
                mig_state *after, const mig_compose_options *how,
                mig_files *out)
{
    mig_plan_options options;
    gen_list changes = { NULL, 0, 0 };
    mig_plan plan;
    gen_buf up;
    gen_buf down;
    int rc;

    memset(&options, 0, sizeof options);
    memset(&plan, 0, sizeof plan);
    if (!mig_diff(ctx, before, after, &changes)) {
        cli_say("out of memory");
        return CLI_FAILED;
    }
    rc = mig_make_plan(ctx, before, after, &changes, &options, &plan);
    if (rc != CLI_FINE) return rc;
    mig_set_head(ctx, parent, after, out);
    gen_buf_init(&up, ctx);
    gen_buf_init(&down, ctx);
    mig_add_header(&up, out, plan.up_class, how->irreversible != NULL
                   ? MIG_IRREVERSIBLE : plan.down_class,
                   how->irreversible != NULL ? NULL : plan.down_note.ptr);
    gen_buf_add_text(&up, how->header);
    mig_print_steps(&plan.up, &up);
    if (how->irreversible != NULL) {
        gen_buf_add_fmt(&down, "-- irreversible: %s\n", how->irreversible);
    } else {
        mig_print_steps(&plan.down, &down);
    }
    out->up = gen_buf_str(&up);
    out->down = gen_buf_str(&down);
    return CLI_FINE;
}
