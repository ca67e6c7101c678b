/* One of two units that each hold a static copy. */
#define SURREAL_STATIC
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

int static_b(void);

int
main(void)
{
    return surreal_status_text(SURREAL_OK)[0] == 'o' ? static_b() : 1;
}
