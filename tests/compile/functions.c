/* All of surreal.h with the typed functions, which are real functions of the
 * types their contract says: each class of result, and the names that other
 * headers make macros of. */
#ifndef __TINYC__ /* has no such file */
#include <iso646.h>
#endif
#define SURREAL_FUNCTIONS
#define SURREAL_IMPLEMENTATION
#include "surreal.h"
#include "surreal.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

int main(void)
{
    surreal_status (*number)(surreal *, double, double *) =
        surreal_fn_math_sqrt;
    surreal_status (*text)(surreal *, surreal_str, surreal_str *,
                           surreal_result **) = surreal_fn_crypto_sha256;
    surreal_status (*moment)(surreal *, surreal_datetime *) =
        surreal_fn_time_now;
    surreal_status (*any)(surreal *, surreal_bind, surreal_bind,
                          surreal_value *, surreal_result **) =
        surreal_fn_array_union;
    surreal_status (*many)(surreal *, surreal_vars, surreal_str *,
                           surreal_result **) = surreal_fn_string_concat;
    surreal_status (*nothing)(surreal *, surreal_duration) =
        surreal_fn_sleep;
    size_t count = 0;

    if (!number || !text || !moment || !any || !many || !nothing) return 1;
    if (surreal_functions(&count)[0].name[0] != 'm' || count < 300) return 2;
    return number(NULL, 1, NULL) == SURREAL_ERR_USAGE ? 0 : 3;
}
