/* surrealgen/cli/memory.c: where the memory of contexts comes from.
 *
 * A context takes blocks of one size by the hundred, and verbs open one after
 * the other: what the kernel does to hand out pages then takes a quarter of a
 * run. So a block that a context gives back is kept for the next one. (Large
 * pages, by madvise, were tried: a tenth faster for 60 MiB, and a virtual
 * machine took four times as long to make 700 MiB of them.) Only the main
 * thread opens contexts. */
#include "options.h"

#include <stdlib.h>

enum { BLOCK = 64 * 1024 /* what arena.c asks for, as a rule */ };

typedef struct spare {
    struct spare *next;
} spare;

static spare *spares;

static void *grow(void *user, size_t n)
{
    spare *block = spares;

    (void)user;
    if (n > BLOCK) return malloc(n);
    if (block == NULL) return malloc(BLOCK);
    spares = block->next;
    return block;
}

static void drop(void *user, void *ptr, size_t n)
{
    spare *block = (spare *)ptr;

    (void)user;
    if (n > BLOCK) {
        free(ptr);
        return;
    }
    block->next = spares;
    spares = block;
}

const gen_memory *cli_memory(void)
{
    static const gen_memory memory = { grow, drop, NULL };

    return &memory;
}
