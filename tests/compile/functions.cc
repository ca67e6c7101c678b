// The typed functions as C++: variables written inside the call.
#define SURREAL_FUNCTIONS
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "surreal.h"

#include <cmath>
#include <cstdlib>

int main()
{
    double root = 0;
    surreal_str text = {NULL, 0};
    surreal_result *owner = NULL;

    if (surreal_fn_math_sqrt(NULL, 16, &root) != SURREAL_ERR_USAGE) return 1;
    if (surreal_fn_string_concat(NULL,
                                 SURREAL_VARS(surreal_bind_text(NULL, "a"),
                                              surreal_bind_int(NULL, 1)),
                                 &text, &owner) != SURREAL_ERR_USAGE) {
        return 2;
    }
    return owner ? 3 : 0;
}
