// A C++ program that uses what differs between C and C++: variables, text.
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

static size_t count(surreal_vars vars) { return vars.count; }

int main()
{
    surreal *db = NULL;
    surreal_result *r = NULL;
    surreal_value row;
    int rows = 0;

    if (count(SURREAL_NO_VARS) != 0) return 1;
    if (count(SURREAL_VARS(surreal_bind_int("a", 1),
                           surreal_bind_text("b", "x"))) != 2) return 2;
    if (surreal_open("ws://127.0.0.1:1", NULL, &db) == SURREAL_OK) return 3;
    if (surreal_query(db, "RETURN $a",
                      SURREAL_VARS(surreal_bind_int("a", 1)),
                      &r) == SURREAL_OK) return 4;
    SURREAL_EACH(row, surreal_rows(r, 0)) rows++;
    surreal_result_free(r);
    surreal_close(db);
    return rows;
}
