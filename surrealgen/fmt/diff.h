/* surrealgen/fmt/diff.h: two texts compared by lines. */
#ifndef GEN_DIFF_H
#define GEN_DIFF_H
#include "../gen.h"

/* A unified diff with three lines around each change; nothing when they are
 * the same. */
void gen_diff(gen_ctx *ctx, const char *name, gen_str was, gen_str now,
              gen_buf *out);

#endif
