/* One of two units: it holds the implementation. */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

int unit_b(void);

int
main(void)
{
    if (surreal_status_class(SURREAL_ERR_TIMEOUT) != SURREAL_CLASS_TIMEOUT) {
        return 1;
    }
    return unit_b();
}
