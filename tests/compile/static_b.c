/* The other unit with a static copy. */
#define SURREAL_STATIC
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

int static_b(void);

int
static_b(void)
{
    return surreal_status_text(SURREAL_OK)[1] == 'k' ? 0 : 1;
}
