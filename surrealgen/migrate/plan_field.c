/* surrealgen/migrate/plan_field.c: recipes for columns. */
#include "plan.h"

#include <string.h>

void mig_plan_field(mig_way *way, const mig_change *change)
{
    if (change->op == MIG_REMOVE) {
        mig_put_remove(way, MIG_AT_OPEN, change->before);
        mig_worse(way, MIG_LOSSY, change->before);
        return;
    }
    mig_put_define(way, MIG_AT_CLOSE, change->after,
                   change->op != MIG_ADD
                   || mig_needs_overwrite(change->after));
}
