/* tests/live/types_schema.h: tests/live/types.sg in the database of a test. */
#ifndef TYPES_SCHEMA_H
#define TYPES_SCHEMA_H
#include "tests/live/live.h"

/* The schema as surrealgen prints it for this server. */
static void
types_apply_schema(surreal *db)
{
    static char text[65536];
    FILE *f = fopen(live_major >= 3 ? "build/gen/types-3.surql"
                                    : "build/gen/types-2.surql", "rb");
    size_t len = f ? fread(text, 1, sizeof text - 1, f) : 0;

    if (f) fclose(f);
    if (!len || surreal_query_str(db, surreal_text_of(text, len),
                                  SURREAL_NO_VARS, NULL)) {
        printf("schema: %s\n", surreal_last_error(db)->message);
        exit(1);
    }
}

#endif
