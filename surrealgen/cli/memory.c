/* surrealgen/cli/memory.c: where the memory of contexts comes from.
 *
 * A context takes blocks of one size by the hundred, and verbs open one after
 * the other: what the kernel does to hand out pages then takes a quarter of a
 * run. So a block that a context gives back is kept for the next one, and when
 * a run turns out to be a large one, blocks are cut from pieces that the kernel
 * may back with large pages. Only the main thread opens contexts. */
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE 1 /* madvise */
#endif
#include "options.h"

#include <stdlib.h>

#if defined(__linux__)
#include <sys/mman.h>
#endif

enum {
    BLOCK = 64 * 1024,        /* what arena.c asks for, as a rule */
    PIECE = 2 * 1024 * 1024,  /* a large page */
    SMALL_RUN = 16            /* blocks that come from malloc first */
};

typedef struct spare {
    struct spare *next;
} spare;

static struct {
    spare *blocks;     /* given back */
    unsigned given;    /* from malloc */
    char *piece;       /* being cut; NULL: none */
    size_t left;
} store;

/* Large pages where the system has them; otherwise it is what malloc gives. */
static char *large(size_t n)
{
    void *out = NULL;

#if defined(__linux__) && defined(MADV_HUGEPAGE)
    if (posix_memalign(&out, PIECE, n) != 0) return NULL;
    /* Refused: pages of the usual size, and nothing is lost. */
    (void)madvise(out, n, MADV_HUGEPAGE);
#else
    out = malloc(n);
#endif
    return (char *)out;
}

static void *cut_block(void)
{
    char *out;

    if (store.left < BLOCK) {
        store.piece = large(PIECE);
        if (store.piece == NULL) return NULL;
        store.left = PIECE;
    }
    out = store.piece;
    store.piece += BLOCK;
    store.left -= BLOCK;
    return out;
}

static void *grow(void *user, size_t n)
{
    spare *block = store.blocks;

    (void)user;
    if (n > BLOCK) return n >= PIECE ? large(n) : malloc(n);
    if (block != NULL) {
        store.blocks = block->next;
        return block;
    }
    if (store.given < SMALL_RUN) {
        store.given++;
        return malloc(BLOCK);
    }
    return cut_block();
}

static void drop(void *user, void *ptr, size_t n)
{
    spare *block = (spare *)ptr;

    (void)user;
    if (n > BLOCK) {
        free(ptr);
        return;
    }
    block->next = store.blocks;
    store.blocks = block;
}

const gen_memory *cli_memory(void)
{
    static const gen_memory memory = { grow, drop, NULL };

    return &memory;
}
