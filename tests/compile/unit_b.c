/* The other unit: it has the declarations and uses them. */
#include <stdio.h>

#include "surreal.h"

int unit_b(void);

int
unit_b(void)
{
    uint8_t room[64];
    surreal_writer w;
    surreal_bytes item;

    surreal_writer_init(&w, room, sizeof room);
    surreal_put_array(&w);
    surreal_put_int(&w, 1);
    surreal_put_str(&w, SURREAL_LIT("two"));
    surreal_put_end(&w);
    if (surreal_writer_take(&w, &item) != SURREAL_OK) return 2;
    return item.len == 6 ? 0 : 3;
}
