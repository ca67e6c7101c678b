/* surrealgen/cli/memory.c: where the memory of contexts comes from.
 *
 * A context takes blocks of one size by the hundred, and verbs open one after
 * the other: what the kernel does to hand out pages then takes a quarter of a
 * run. So a block that a context gives back is kept for the next one, and they
 * are cut from chunks whose pages the kernel made at once: that is 6 % of a
 * run. (Large pages, by madvise, were tried: a tenth faster for 60 MiB, and a
 * virtual machine took four times as long to make 700 MiB of them.) Only the
 * main thread opens contexts. */
#if defined(__linux__)
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS, MAP_POPULATE */
#endif
#include "options.h"

#include <stdlib.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

enum {
    BLOCK = 64 * 1024, /* what arena.c asks for, as a rule */
    CHUNK = 16 * BLOCK /* what the system is asked for */
};

typedef struct spare {
    struct spare *next;
} spare;

static spare *spares;

static char *ask(void)
{
#if defined(__linux__)
    void *chunk = mmap(NULL, CHUNK, PROT_READ | PROT_WRITE, MAP_PRIVATE
                       | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

    if (chunk != MAP_FAILED) return (char *)chunk;
#endif
    return (char *)malloc(CHUNK);
}

static void cut(char *chunk)
{
    size_t at = CHUNK;

    while (at > 0) {
        spare *block = (spare *)(void *)(chunk + (at -= BLOCK));
        block->next = spares;
        spares = block;
    }
}

static void *grow(void *user, size_t n)
{
    spare *block;

    (void)user;
    if (n > BLOCK) return malloc(n);
    if (spares == NULL) {
        char *chunk = ask();
        if (chunk == NULL) return NULL;
        cut(chunk);
    }
    block = spares;
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
